import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// Fixed file names, since the program embeds them; no inline script or style, since its content security policy
// lets neither run. Plot is a chunk of its own, asked for by the first view that draws.
export default defineConfig({
  plugins: [svelte()],
  base: "/",
  build: {
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/app.js",
        chunkFileNames: (chunk) => (chunk.moduleIds.some((id) => id.includes("/plot/")) ? "assets/plot.js" : "assets/[name].js"),
        assetFileNames: "assets/app[extname]",
      },
    },
  },
});
