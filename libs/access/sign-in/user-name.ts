const USER_NAME = /^[a-z0-9](?:[a-z0-9._@+-]{1,62})[a-z0-9]$/;

/** A user name as it is kept: typed in capitals or with full-width letters it is the same one. */
export const normalUserName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/**
 * Letters a to z, digits and `._@+-`, 3 to 64 of them: an e-mail address is one. Other letters are left out because some look like these, and two people
 * must not be taken for one.
 */
export const isUserName = (normal: string): boolean => USER_NAME.test(normal);
