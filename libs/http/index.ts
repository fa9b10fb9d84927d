export * from './legal-date';
export * from './problem';
export { ProblemFilter } from './problem-filter';
export * from './validation';
export * from './server';
