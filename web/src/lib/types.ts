// What the server answers: doc/review-api.md in types. A value that this role may not see is null.

export type Handle = string;
export type Role = "analyst" | "canvasser" | "panel";
export type DecisionKind = "open" | "explained" | "upheld" | "referred" | "corrected" | "must-link" | "cannot-link";
export type State = "undecided" | "awaiting-second" | "disagreement" | "decided";
export type RegisterStatus = "at-address" | "elsewhere" | "not-found" | "unclear";
export type Outcome = "verified" | "denied" | "not-known" | "moved" | "deceased" | "refused" | "no-contact";

export interface Session {
  person: string;
  role: Role;
  read_only: boolean;
  program_version: string;
  public_key: string | null;
  case: {
    title: string;
    generation: string;
    freeze_date: string | null;
    audited_at: string | null;
    erased_at: string | null;
    retention_date: string | null;
    members: number;
    findings: number;
    links: number;
  };
  may: {
    see_identities: boolean;
    see_findings: boolean;
    decide: boolean;
    uphold: boolean;
    record_visits: boolean;
    export_full: boolean;
  };
  decisions: DecisionKind[];
}

export interface Page<Row> {
  rows: Row[];
  next: string | null;
  total: number;
  total_exact: boolean;
  expected_innocent?: number | null;
  entries?: number;
  entries_innocent?: number | null;
  facets?: Facets;
}

export interface Facet {
  key: string;
  title?: string;
  count: number;
}
export interface Facets {
  signal: Facet[];
  tier: Facet[];
  state: Facet[];
}

export interface Subject {
  kind: string;
  handle: Handle | null;
  label: string | null;
}

export interface Decision {
  number: number;
  subject: Handle;
  decision: DecisionKind;
  cause: string | null;
  reason: string | null;
  person: string;
  at: string;
  replaces: number | null;
  undone: boolean;
  counts: boolean;
  signed: boolean;
  blind: boolean;
  needs_second: boolean;
  mine: boolean;
}

export interface Reply {
  number: number;
  kind: "heard" | "offered";
  on: string;
  text: string | null;
  recorded_by: string;
  at: string;
}

export interface QueueRow {
  handle: Handle;
  kind: "finding" | "link" | "pair";
  signal?: string | null;
  signal_number?: number | null;
  tier?: string | null;
  title: string;
  text: string | null;
  listed?: boolean | null;
  level?: number | null;
  e?: number | null;
  p?: number | null;
  observed?: number | null;
  expected?: number | null;
  members?: number | null;
  expected_innocent?: number | null;
  probability?: number | null;
  weight?: number | null;
  narrowing: number | null;
  questions?: number | null;
  innocent_share?: number | null;
  subject: Subject | null;
  state: State;
  last: Decision | null;
}

export interface Answer {
  question: string;
  sentence: string;
  numbers: { label: string; value: string; note: string | null }[];
  sure: string;
  change: string;
}

export interface Overview {
  answers: Answer[];
  verdict: { outcome: string; sentence: string; because: string[]; would_need: string[]; conditions: string[] };
  impact: { outcome: string; sentence: string; because: string[]; margin: number | null; questioned: number };
  to_decide: { findings: number; links: number; pairs: number; awaiting_second: number; disagreements: number };
  decided: Record<DecisionKind, number>;
  narrowing: { questioned: number; still_questioned: number; upheld: number; margin: number | null; enough: boolean };
  since: {
    at: string | null;
    ledger_entries: number;
    decisions: number;
    by: { person: string; count: number }[];
    visits: number;
    audits: number;
  };
  changes: { kind: string; text: string; subject: Handle | null }[];
  erased_at: string | null;
}

export interface Exhibit {
  roll: string;
  line: number;
  values: Record<string, string> | null;
}

export interface FindingMember {
  handle: Handle;
  id: string | null;
  name: string | null;
  address: string | null;
  register_status: RegisterStatus;
  eligible: boolean;
  state: State;
  questioned_by: number;
}

export interface Finding {
  handle: Handle;
  id: string | null;
  signal: string;
  signal_number: number;
  tier: string;
  title: string;
  text: string;
  level: number;
  listed: boolean;
  observed: number | null;
  expected: number | null;
  expected_low: number | null;
  p: number | null;
  e: number | null;
  expected_innocent: number | null;
  null_model: string;
  denominator: { tested: number; listed: number } | null;
  subject: Subject;
  innocent: { key: string; text: string }[];
  members: FindingMember[];
  members_total: number;
  exhibits: Exhibit[];
  would_change: string;
  narrowing: number | null;
  questions: number;
  decisions: Decision[];
  state: State;
  reply: Reply | null;
  may_uphold: { ok: boolean; why?: string | null } | null;
}

export interface LinkSide {
  title: string;
  roll: string;
  line: number;
  handle: Handle | null;
  as_of: string | null;
}
export interface LinkField {
  field: string;
  left: string | null;
  right: string | null;
  left_standard: string | null;
  right_standard: string | null;
  level: string | null;
  weight: number | null;
}
export interface Link {
  handle: Handle;
  kind: "link" | "pair";
  blind: boolean;
  left: LinkSide;
  right: LinkSide;
  fields: LinkField[];
  prior: number | null;
  dependence: number | null;
  weight: number | null;
  probability: number | null;
  relation: string | null;
  competitors: { handle: Handle; title: string; probability: number; weight: number; fields: Record<string, string> | null }[] | null;
  rivals: { handle: Handle; member: Handle; label: string | null; probability: number }[] | null;
  decisions: Decision[] | null;
  state: State;
  narrowing: number | null;
}

export interface PersonRow {
  handle: Handle;
  id: string | null;
  name: string | null;
  address: string | null;
  register_status: RegisterStatus;
  eligible: boolean;
  findings: number;
  state: State;
  ward: string | null;
}

export interface TimelineEvent {
  day: string;
  kind: string;
  text: string;
  status: RegisterStatus | null;
  roll: string | null;
  line: number | null;
  amount: string | null;
}

export interface Person {
  handle: Handle;
  id: string | null;
  name: string | null;
  address: string | null;
  postcode: string | null;
  address_handle: Handle | null;
  household_size: number | null;
  eligible: boolean | null;
  ineligible_because: string | null;
  register_status: RegisterStatus | null;
  match_probability: number | null;
  ever_at_address: boolean | null;
  first_seen: string | null;
  last_seen: string | null;
  values: { column: string; raw: string | null; standard: string | null }[] | null;
  duplicate_of: { handle: Handle; label: string | null } | null;
  timeline: TimelineEvent[] | null;
  ties: { kind: string; handle: Handle; label: string | null; members: number; households: number }[] | null;
  links:
    | {
        handle: Handle;
        roll: string;
        line: number;
        as_of: string | null;
        probability: number;
        relation: string;
        name: string | null;
        address: string | null;
        state: State;
      }[]
    | null;
  findings: QueueRow[] | null;
  decisions: Decision[] | null;
  reply: Reply | null;
  state: State | null;
  looks: { at: string; by: string; role: string }[] | null;
  looks_total: number | null;
}

export interface AddressRow {
  handle: Handle;
  label: string | null;
  members: number;
  electors: number | null;
  building_units: number | null;
  findings: number;
}

export interface Address {
  handle: Handle;
  label: string | null;
  postcode: string | null;
  members: number;
  electors: number | null;
  electors_ever_max: number | null;
  building_units: number | null;
  flat_missing: boolean | null;
  class: { electors: number; addresses_alike: number; members_mean: number; members_share_at_least: number } | null;
  snapshots: string[];
  people: { label: string | null; handle: Handle | null; kind: "member" | "elector" | "both"; joined: string | null; present: boolean[] }[];
  findings: QueueRow[];
  decisions: Decision[];
}

export interface NetworkNode {
  handle: Handle;
  kind: "household" | "payer" | "recruiter" | "phone" | "email";
  label: string | null;
  members: Handle[];
  confirmed: number;
  findings: number;
}
export interface NetworkEdge {
  from: Handle;
  to: Handle;
  kind: string;
  members: number;
}
export interface Network {
  nodes: NetworkNode[];
  edges: NetworkEdge[];
  truncated: boolean;
  permutation: {
    available: boolean;
    statistic?: number | null;
    expected?: number | null;
    p?: number | null;
    sentence: string | null;
    verdict?: string | null;
    outside?: string | null;
  };
}

export interface Calendar {
  days: { day: string; joins: number; expected: number | null; listed: boolean }[];
  freeze_date: string | null;
  events: { day: string; text: string }[];
  findings: QueueRow[];
}

export interface WardMap {
  available: boolean;
  level: string;
  areas: { key: string; label: string | null; members: number; questioned: number; findings: number; path: string | null }[];
  bounds: [number, number, number, number] | null;
  note: string | null;
}

export interface CanvassProgress {
  doors: number;
  visited: number;
  waiting: number;
  answers: Partial<Record<Outcome, number>>;
  contradicted: number;
}
export interface Certificate {
  reached: boolean;
  doors: number;
  p: number | null;
  least: number | null;
  most: number | null;
  clean_needed: number | null;
  out_of_reach: boolean;
  log_martingale: number[];
  sentence: string;
}
export interface Canvass {
  plan: { margin: number | null; risk: number; clean_doors: number | null } | null;
  draw: { recorded: boolean; seed: string; doors: number; frame: string; margin: number; risk: number } | null;
  progress: CanvassProgress | null;
  certificate: Certificate | null;
  visitors: { visitor: string; visits: number; answers: Partial<Record<Outcome, number>> }[] | null;
  unknown: number | null;
  elsewhere: number | null;
}
export interface Visit {
  number: number;
  outcome: Outcome | null;
  visited_on: string;
  visitor: string | null;
  note: string | null;
  replaces?: number | null;
}
export interface Door {
  door: number;
  handle: Handle;
  name: string | null;
  address: string | null;
  postcode: string | null;
  visits: Visit[];
}

export interface Margin {
  lots: number | null;
  change: number | null;
}
export interface Contest {
  available: boolean;
  why?: string;
  rule: string;
  winners: string[];
  papers: number;
  valid: number;
  rounds: {
    round: number;
    tally: { candidate: string; votes: number }[];
    elected: string[];
    eliminated: string[];
    exhausted: number;
    transfers: { from: string; to: string; votes: number }[];
    reason: string | null;
  }[];
  ties: unknown[];
  margin: { delete: Margin | null; add: Margin | null; modify?: Margin | null; bounds: unknown; note: string | null } | null;
  questioned: number;
  curve: { from: number; outcome: string }[];
  most: number;
  note: string | null;
}
export interface WhatIf {
  k: number;
  added: number;
  outcome: string;
  sentence: string;
}

export interface LedgerRow {
  number: number;
  at: string;
  actor: string;
  kind: string;
  body: unknown;
  hash: string;
  signed: boolean;
  signer: string | null;
  signature_holds: boolean | null;
}
export interface LedgerPage {
  rows: LedgerRow[];
  next: number | null;
  head: { number: number; hash: string } | null;
  kinds: { kind: string; count: number }[];
}
export interface LedgerCheck {
  entries: number;
  signed: number;
  problems: string[];
  remarks: string[];
  head: { number: number; hash: string } | null;
}

export interface Written {
  decision: Decision;
  state: State;
  left: number;
  next: Handle | null;
}
