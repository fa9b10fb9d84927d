export { CannotListen, WrongSetting, inOneSentence } from './failures';
export { run } from './program';
export type { Running } from './program';
export {
  SettingsReader,
  dataFolderFrom,
  filesFolderFrom,
  profileFrom,
  publicFilesFolderFrom,
  variables,
} from './settings';
export type { Environment, Variable } from './settings';
export { prepared, serve, urlOf } from './server';
export type { HttpServer, Room, Served, Where } from './server';
export { inWorkers, isWorker, startedAt } from './workers';
