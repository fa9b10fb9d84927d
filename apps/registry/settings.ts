import type { CanActivate, Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInSettingsFromEnv } from '#access';
import type { Identification, SignInSettings } from '#access';
import { UNNAMED_AGENCY } from '#domain';
import type { Actor, Profile } from '#domain';
import { personKeysSettingsFromEnv } from '#privacy';
import type { PersonKeysSettings } from '#privacy';
import { SettingsReader, dataFolderFrom, filesFolderFrom, profileFrom } from '#process';
import type { Environment, Where } from '#process';
import { publicSettingsFromEnv } from './sign-in/settings';

/** Makes the token that a page of ours sends back. */
export interface FormTokens {
  formToken(request: FastifyRequest, reply: FastifyReply): string;
}

/** What the agency side needs to know of its place. */
export abstract class RegistrySettings {
  abstract readonly profile: Profile;
  /** Who acts where nobody signs in, whoever sits at this machine; of its agency is the first administrator where people do. */
  abstract readonly actor: Actor;
  /** Who sends requests, once people can sign in; without it the command API takes them from this machine alone. */
  abstract readonly identification?: Identification;
  /**
   * Guards of other rooms that a command passes before anything else is asked, where people can sign in: that no page elsewhere forged it, that there are not too many. By their classes, which
   * some module of the process provides.
   */
  abstract readonly doorkeepers?: readonly Type<CanActivate>[];
  /** What proves to the doorkeepers that a request with a session comes from a page of ours; by its class too. */
  abstract readonly formTokens?: Type<FormTokens>;
}

/** What the registry needs to know when it runs as a process. */
export interface RegistryProcessSettings extends RegistrySettings {
  readonly where: Where;
  readonly dataFolder: string;
  /** Where files lie, and what those of a class may take together, in bytes. */
  readonly files: { readonly folder: string; readonly quota: number };
  /** Where the keys of persons lie. */
  readonly personKeys: PersonKeysSettings;
  /** Whether visitors can ask questions. */
  readonly questions: boolean;
  /** Public address of the portal, where it is known. */
  readonly pages?: string;
  /** How people sign in; without it whoever sits at this machine acts. */
  readonly door?: { readonly settings: SignInSettings; readonly publicUrl?: string; readonly commandsAMinute: number };
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Reads the settings from the environment; throws WrongSetting at the first that cannot be right. */
export function registrySettingsFromEnv(env: Environment): RegistryProcessSettings {
  const settings = new SettingsReader(env);
  const pages = settings.address('REGISTRY_PAGES');
  const signsIn = settings.text('REGISTRY_SIGN_IN', 'on', /^(on|off)$/) === 'on';
  const { trustedProxies, publicUrl } = publicSettingsFromEnv(env);
  return {
    where: {
      host: settings.host('REGISTRY_HOST', '127.0.0.1', signsIn ? undefined : LOOPBACK),
      port: settings.port('REGISTRY_PORT', 3000),
      variables: { host: 'REGISTRY_HOST', port: 'REGISTRY_PORT' },
      trustedProxies,
    },
    ...(signsIn && {
      door: {
        settings: signInSettingsFromEnv(env, dataFolderFrom(env)),
        commandsAMinute: Number(settings.text('REGISTRY_COMMANDS_A_MINUTE', '600', /^[1-9]\d{0,7}$/)),
        ...(publicUrl !== undefined && { publicUrl }),
      },
    }),
    dataFolder: dataFolderFrom(env),
    files: {
      folder: filesFolderFrom(env),
      quota: Number(settings.text('REGISTRY_FILES_MAX_BYTES', String(10 * 1024 ** 3), /^\d{7,15}$/)),
    },
    personKeys: personKeysSettingsFromEnv(env, dataFolderFrom(env)),
    profile: profileFrom(settings),
    questions: settings.text('REGISTRY_QUESTIONS', 'on', /^(on|off)$/) === 'on',
    ...(pages !== undefined && { pages }),
    actor: {
      subject: settings.text('REGISTRY_OFFICER', 'local-officer', NAME),
      agency: settings.text('REGISTRY_AGENCY', UNNAMED_AGENCY, NAME),
      role: 'officer',
    },
  };
}
