import { assignedSchema, assignedTotalSchema, assignedPageSchema } from './schemas/assigned';
import { movementSchema, moneyTotalSchema, moneyPageSchema, assetMoneySchema } from './schemas/money';
import { supportItemSchema, supportTotalSchema, supportPageSchema, assetSupportSchema } from './schemas/support';
import { useRecordSchema, useTotalSchema, usePageSchema, assetUseSchema } from './schemas/use';
import { waitingLineSchema, waitingPageSchema, waitingTotalSchema } from './schemas/waiting';
import { flagSchema, flagTotalSchema, flagsPageSchema } from './schemas/flags';

/** By the names the description has for them. */
export const reportSchemas = {
  MoneyMovement: movementSchema,
  MoneyTotal: moneyTotalSchema,
  MoneyPage: moneyPageSchema,
  AssetMoney: assetMoneySchema,
  SupportItem: supportItemSchema,
  SupportTotal: supportTotalSchema,
  SupportPage: supportPageSchema,
  AssetSupport: assetSupportSchema,
  UseRecord: useRecordSchema,
  UseTotal: useTotalSchema,
  UsePage: usePageSchema,
  AssetUse: assetUseSchema,
  AssignedAsset: assignedSchema,
  AssignedTotal: assignedTotalSchema,
  AssignedPage: assignedPageSchema,
  WaitingAsset: waitingLineSchema,
  WaitingTotal: waitingTotalSchema,
  WaitingPage: waitingPageSchema,
  RedFlag: flagSchema,
  RedFlagTotal: flagTotalSchema,
  RedFlagsPage: flagsPageSchema,
} as const;
