// Which rows of a long list have to be in the page.

export interface Window {
  first: number; // of the rows drawn
  end: number; // one past the last
}

// Rows have one height. `spare` rows beyond each edge are drawn, so that a keyboard's step never meets an empty place.
export function visibleWindow(scrolled: number, height: number, rowHeight: number, rows: number, spare = 6): Window {
  const first = Math.max(0, Math.floor(scrolled / rowHeight) - spare);
  const end = Math.min(rows, Math.ceil((scrolled + height) / rowHeight) + spare);
  return { first: Math.min(first, rows), end: Math.max(end, Math.min(first, rows)) };
}

// Where to scroll so that a row is wholly in sight; unchanged if it is.
export function scrollToShow(row: number, scrolled: number, height: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  if (top + rowHeight > scrolled + height) return top + rowHeight - height;
  return scrolled;
}
