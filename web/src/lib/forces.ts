// Places for the nodes of a small network: springs along ties, repulsion between all, the same picture every time (no
// chance is used; nodes start on a spiral in their order). Fruchterman & Reingold 1991, with a cooling step.

export interface Place {
  x: number;
  y: number;
}

export function layout(nodes: number, ties: [number, number][], width: number, height: number, steps = 160): Place[] {
  const places: Place[] = [];
  for (let node = 0; node < nodes; ++node) {
    const turn = node * 2.399963; // the golden angle spreads them evenly
    const far = 0.45 * Math.sqrt((node + 0.5) / nodes);
    places.push({ x: width * (0.5 + far * Math.cos(turn)), y: height * (0.5 + far * Math.sin(turn)) });
  }
  if (nodes < 2) return places;
  const ideal = 0.75 * Math.sqrt((width * height) / nodes);
  for (let step = 0; step < steps; ++step) {
    const moves = repulsion(places, ideal);
    for (const [from, to] of ties) pull(places, moves, from, to, ideal);
    const warmth = (0.12 * Math.min(width, height) * (steps - step)) / steps;
    for (let node = 0; node < nodes; ++node) moveWithin(places[node]!, moves[node]!, warmth, width, height);
  }
  return places;
}

function repulsion(places: Place[], ideal: number): Place[] {
  const moves = places.map(() => ({ x: 0, y: 0 }));
  for (let one = 0; one < places.length; ++one) {
    for (let other = one + 1; other < places.length; ++other) {
      const across = places[one]!.x - places[other]!.x;
      const down = places[one]!.y - places[other]!.y;
      const squared = Math.max(across * across + down * down, 0.01);
      const force = (ideal * ideal) / squared;
      moves[one]!.x += across * force;
      moves[one]!.y += down * force;
      moves[other]!.x -= across * force;
      moves[other]!.y -= down * force;
    }
  }
  return moves;
}

function pull(places: Place[], moves: Place[], from: number, to: number, ideal: number): void {
  const one = places[from];
  const other = places[to];
  if (!one || !other) return;
  const across = one.x - other.x;
  const down = one.y - other.y;
  const force = Math.sqrt(across * across + down * down) / ideal;
  moves[from]!.x -= across * force;
  moves[from]!.y -= down * force;
  moves[to]!.x += across * force;
  moves[to]!.y += down * force;
}

function moveWithin(place: Place, move: Place, warmth: number, width: number, height: number): void {
  // A weak pull to the middle keeps parts that no tie joins in the picture.
  const across = move.x + 0.05 * (width / 2 - place.x);
  const down = move.y + 0.05 * (height / 2 - place.y);
  const far = Math.hypot(across, down) || 1;
  const step = Math.min(far, warmth) / far;
  place.x = Math.min(width - 48, Math.max(48, place.x + across * step));
  place.y = Math.min(height - 30, Math.max(18, place.y + down * step));
}
