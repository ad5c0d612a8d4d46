// The steps by which the evidence of two entries being one person adds up, in bits (log2 of odds).

export interface Step {
  label: string;
  weight: number;
  from: number;
  to: number;
}

export interface Waterfall {
  steps: Step[];
  low: number; // of the axis, both including 0
  high: number;
}

// Prior first, then the fields in their order, then the correction for fields that go together. Steps of no weight are
// left out. The last `to` is the match weight up to the server's rounding.
export function waterfall(prior: number, fields: { field: string; weight: number }[], dependence: number): Waterfall {
  const parts = [
    { label: "before looking", weight: prior },
    ...fields.map(({ field, weight }) => ({ label: field, weight })),
    { label: "fields that go together", weight: dependence },
  ];
  const steps: Step[] = [];
  let sum = 0;
  for (const { label, weight } of parts) {
    if (weight === 0) continue;
    steps.push({ label, weight, from: sum, to: sum + weight });
    sum += weight;
  }
  const ends = steps.flatMap((step) => [step.from, step.to]);
  return { steps, low: Math.min(0, ...ends), high: Math.max(0, ...ends) };
}

export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}
