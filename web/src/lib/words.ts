// The words for the program's own codes. Sentences about people come from the server, which has the wording ladder; nothing
// here says anything of a person.
import type { DecisionKind, Outcome, RegisterStatus, State } from "./types.ts";

export const decisionWords: Record<DecisionKind, string> = {
  open: "Leave open",
  explained: "Explained",
  upheld: "Upheld",
  referred: "Referred",
  corrected: "Corrected",
  "must-link": "Same person",
  "cannot-link": "Different people",
};

export const decisionMeaning: Record<DecisionKind, string> = {
  open: "Looked at; nothing decided yet.",
  explained: "An innocent cause explains it: say which.",
  upheld: "It stands as a question about the record. Counts when a second person has upheld it too.",
  referred: "Passed on to those who may look further.",
  corrected: "The record was corrected at the member's request.",
  "must-link": "Both entries are of one person. The next audit holds to it.",
  "cannot-link": "The entries are of two people. The next audit keeps them apart.",
};

export const stateWords: Record<State, string> = {
  undecided: "Undecided",
  "awaiting-second": "Awaits a second person",
  disagreement: "People disagree",
  decided: "Decided",
};

export const statusWords: Record<RegisterStatus, string> = {
  "at-address": "At the address given",
  elsewhere: "Elsewhere on the register",
  "not-found": "Not found on the register",
  unclear: "Unclear",
};

export const outcomeWords: Record<Outcome, string> = {
  verified: "Verified",
  denied: "Denied membership",
  "not-known": "Not known there",
  moved: "Moved away",
  deceased: "Deceased",
  refused: "Refused to answer",
  "no-contact": "No contact",
};

export const outcomes = Object.keys(outcomeWords) as Outcome[];

export const impactWords: Record<string, string> = {
  "could-not": "Could not have changed the result",
  could: "Could have changed the result",
  undecided: "Undecided",
};

export const verdictWords: Record<string, string> = {
  "not-distinguishable-from-accident": "Not distinguishable from accident",
  "individual-acts": "More wrong entries than the base rate explains; no co-ordination found",
  "consistent-with-coordination": "Pattern consistent with co-ordination",
  "cannot-conclude": "Cannot conclude",
};

export const tierWords: Record<string, string> = {
  A: "Tier A: exhibits",
  B: "Tier B: leads",
  C: "Tier C: context",
  X: "Tier X: computed and not used",
};

export const kindWords: Record<string, string> = {
  finding: "Finding",
  link: "Link",
  pair: "Pair of members",
  member: "Member",
  payer: "Payer",
  recruiter: "Recruiter",
  phone: "Telephone",
  email: "E-mail address",
  household: "Household",
  address: "Address",
};

// A code that has no word is shown as it is, with its hyphens as spaces.
export function wordOf(words: Record<string, string>, code: string | null | undefined): string {
  if (!code) return "–";
  return words[code] ?? code.replaceAll("-", " ");
}

// Which decisions a subject takes, in the order of the keys 1 to 5.
export function decisionsFor(handle: string): DecisionKind[] {
  switch (handle.slice(0, 2)) {
    case "l-":
    case "d-":
      return ["must-link", "cannot-link", "open", "explained", "referred"];
    case "a-":
      return ["open", "explained", "referred"];
    default:
      return ["open", "explained", "upheld", "referred", "corrected"];
  }
}
