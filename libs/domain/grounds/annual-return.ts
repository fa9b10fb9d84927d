import type { Ground } from './ground';

/** The annual return. */
export const annualReturn = {
  'year-not-over': {
    rule: null,
    source: 'Social Reuse Registry, annual return',
    message: 'The year {year} is not over: today is {today}. Prepare its return when it is.',
  },
  'return-of-other-year': {
    rule: null,
    source: 'Social Reuse Registry, annual return',
    message:
      'This is not the return of {year}. Open it with POST /api/v1/annual-returns: its id follows from the year.',
  },
  'nothing-to-publish': {
    rule: null,
    source: 'Social Reuse Registry, annual return',
    message: 'The latest figures were published on {publishedOn}. Prepare new ones first, and say why.',
  },
  'return-being-counted': {
    rule: null,
    source: 'Social Reuse Registry, annual return',
    message: 'The figures of {year} were asked for and are being counted. Wait until they are written down.',
  },
  'figures-not-asked-for': {
    rule: null,
    source: 'Social Reuse Registry, annual return',
    message: 'Nobody asked for these figures, or they are written down already. Ask for them first.',
  },
  'figures-are-counted': {
    rule: null,
    source: 'Social Reuse Registry, annual return',
    message: 'Figures are counted and written down by the registry. Ask for them with prepare-return or revise-return.',
  },
} as const satisfies Record<string, Ground>;
