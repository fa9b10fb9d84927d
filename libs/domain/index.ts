export * from './event';
export * from './ids';
export * from './legal-date';
export { EVENT_SALT_BYTES, partSalt } from './salt';
export type { EventPath } from './salt';
export * from './refusal';
export * from './schema/definition';
export { CLASSIFICATION, OPENS } from './schema/fields';
export type { Classification, Opening } from './schema/fields';
export { flawInWords, textFlaw, tidied } from './schema/plain-text';
export type { Lines, TextFlaw } from './schema/plain-text';
export { exampleOf } from './schema/example';
export type { ExampleOptions } from './schema/example';
export { UnknownEvent } from './schema/upcast';
export * from './profiles';
export { UNNAMED_AGENCY } from './profiles/profile';
export type { Deadline, Profile, PublicationDelay } from './profiles/profile';
export * from './asset/asset';
export { entryOf, samePerson } from './entry';
export { proofFields, provenanceOf, provenances } from './provenance';
export type { Provenance } from './provenance';
export type { Entry, Fact, Recorder } from './entry';
export type { Act } from './asset/act';
export { FieldDisclosed, discloses, openingOf, publicFrom } from './asset/disclosure';
export { assetCommands, assetEvents, chapters } from './asset/acts';
export { assetCategories, assetKinds, precisions } from './asset/description';
export type { AssetCategory, AssetKind, Description } from './asset/description';
export { bodyKinds } from './asset/references';
export { problemKinds } from './asset/custody';
export { purposes } from './asset/destination';
export type { Purpose } from './asset/destination';
export type { Agreement, Assignment, Proposal } from './asset/assignment-book';
export { charging } from './asset/assignment-events';
export { ledgerAccounts, ledgerOf } from './asset/ledger';
export type { Balances, Ledger, LedgerAccount, LedgerMove, Statement } from './asset/ledger';
export { partiesOf, sameParty } from './asset/parties';
export type { Parties, Role } from './asset/parties';
export type { LegalPerson } from './asset/references';
export { fundSources } from './asset/spending-events';
export type { Spending } from './asset/spending-account';
export { supportKinds } from './asset/support';
export type { Measure, Pledge, Support } from './asset/support-book';
export { activityKinds, visitFindings } from './asset/use';
export type { Use } from './asset/use';
export type { Exit } from './asset/exit';
export type { AttachedDocument } from './asset/documents';
export * from './asset/reports';
export * from './red-flags/of-a-call';
export * from './red-flags/of-a-group';
export * from './red-flags/of-awards';
export { flagRules, flagThresholds, publicationDuties } from './red-flags/red-flag';
export type { FlagRule, PublicationDuty, RedFlag } from './red-flags/red-flag';
export * from './waiting/kaplan-meier';
export * from './annual-return/annual-return';
export type { AnnualReturnPrepared } from './annual-return/publication';
export * from './annual-return/items';
export * from './annual-return/undated-stock';
export * from './annual-return/lines';
export * from './annual-return/dossier-lines';
export * from './annual-return/civic-lines';
export * from './annual-return/figures';
export * from './annual-return/movement';
export { units } from './schema/fields';
export { eventCatalogue, rulesTable } from './catalogue';
export { entryIdOf, noTail } from './decision';
export { personalIn } from './stream/personal-trail';
export type { Personal, PersonalTrail } from './stream/personal-trail';
export type { Circumstances, Command, Decision, Tail } from './decision';
export { decide } from './asset/decide';
export { possibilities, referable } from './possible';
export type { Law, Possibility, Rehearsal } from './possible';
export { after, assetsAlong, emptyDossier, evolve, fold, replay, situationAt, step } from './asset/dossier';
export type { Dossier, Moment } from './asset/dossier';
export type { CommandIndex, RecordedCommand } from './command-index';
export { endOf, fieldOf, latestDates, upTo } from './asset/history';
export type { History } from './asset/history';
export { difference } from './asset/difference';
export type { Change, Difference } from './asset/difference';
export type { Aggregate, CatalogueEntry, Course } from './stream/aggregate';
export type { Consulted, States, StreamKind, StreamName, Surroundings } from './surroundings';
export { nothingConsulted } from './surroundings';
export * from './streams';
export { SEALING_SCHEME } from '#sealing';
export { callStatuses, tieBreaks } from './call/call';
export type {
  Application,
  ApplicationStatus,
  Call,
  CallId,
  CallStatus,
  Ceremony,
  Criterion,
  Evaluator,
  Score,
  TieBreak,
} from './call/call';
export { rankingOf } from './call/ranking';
export type { Fraction, Ranked } from './call/ranking';
export * from './organisation/organisation';
export { legalForms, organisationKinds } from './organisation/description';
export type { OrganisationKind } from './organisation/description';
export { answerStanding } from './answering';
export type { AnswerDuty, AnswerStanding } from './answering';
export { answerDuty, authoritiesOf, closingReasons, moderationOutcomes, threadStanding } from './dialogue/thread';
export type {
  ClosingReason,
  ContributionKind,
  DialogueId,
  ModerationOutcome,
  Subject,
  Thread,
} from './dialogue/thread';
export { OMISSION, onlyShortened } from './dialogue/redaction';
export { photoTypes } from './dialogue/photos';
export { reports } from './dialogue/submission';
export * from './group/group';
export * from './account/account';
export { SET_UP } from './account/authority';
export { signInChanges, tokenScopes } from './account/use';
export type { RestrictedDataRead, SignInChange, TokenScope } from './account/use';
