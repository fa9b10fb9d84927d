import type { Asset } from '#domain';
import { addressOf } from '#web';

/** An asset in the words of schema.org: a Place where it lies somewhere, else a Thing. Only what the register shows of it. */
export function placeOf(id: string, { description }: Asset, origin: string): object {
  const { kind, category, title, location, coordinates, address, identifiers = [] } = description;
  const isPlace = location !== undefined || coordinates !== undefined;
  return {
    '@context': 'https://schema.org',
    '@type': isPlace ? 'Place' : 'Thing',
    '@id': origin + addressOf('en', { page: 'asset', id }),
    identifier: [
      { '@type': 'PropertyValue', propertyID: 'registry', value: id },
      ...identifiers.map((each) => ({ '@type': 'PropertyValue', propertyID: each.scheme, value: each.id })),
    ],
    name: title ?? [category ?? kind, location?.municipality?.name].filter(Boolean).join(', '),
    url: origin + addressOf('it', { page: 'asset', id }),
    ...(isPlace && {
      address: {
        '@type': 'PostalAddress',
        addressCountry: location?.country,
        addressRegion: location?.region?.name,
        addressLocality: location?.municipality?.name,
        streetAddress: address,
      },
    }),
    ...(coordinates && {
      geo: { '@type': 'GeoCoordinates', latitude: coordinates.latitude, longitude: coordinates.longitude },
    }),
  };
}
