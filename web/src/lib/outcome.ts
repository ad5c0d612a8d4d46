// What a number of questioned ballots comes to, from the curve that the server computed once: the outcome at k is that of
// the last step at or before k.

export interface CurveStep {
  from: number;
  outcome: string;
}

export function outcomeAt(curve: CurveStep[], k: number): string {
  let outcome = "undecided";
  let at = -Infinity;
  for (const step of curve) {
    if (step.from <= k && step.from >= at) {
      at = step.from;
      outcome = step.outcome;
    }
  }
  return outcome;
}
