import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { LONGEST_SIDE, cleanPhoto, documentType, mediaTypeOf } from '#files';
import type { FileFault } from '#files';

const picture = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 60, b: 20 } } });

/** What a telephone writes: position, owner, time and a way to hold the picture (6: a quarter turn). */
const withSecrets = () =>
  picture()
    .withExif({
      IFD0: { Copyright: 'Canary Owner', Make: 'CanaryPhone' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 6/1 56/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 21/1 41/1' },
    })
    .withMetadata({ orientation: 6 })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><canary>Canary XMP</canary></x:xmpmeta>');

async function faultOf(act: Promise<unknown>): Promise<FileFault | 'none'> {
  return act.then(
    () => 'none' as const,
    (error: unknown) => (error as { code: FileFault }).code,
  );
}

/** A PNG that unpacks to a great many pixels out of few bytes. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(Math.ceil(side / 8 + 1) * side));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

describe('a photo', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'as %s leaves where, when and by whom it was taken behind',
    async (format) => {
      const original = await withSecrets().toFormat(format).toBuffer();
      const before = await sharp(original).metadata();
      expect([before.exif !== undefined, before.xmp !== undefined]).toEqual([true, true]);
      expect(original.includes('Canary')).toBe(true);
      const { bytes, mediaType, width, height } = await cleanPhoto(original);
      const after = await sharp(bytes).metadata();
      expect([after.exif, after.xmp, after.iptc, after.icc, after.orientation, after.comments]).toEqual(
        Array.from({ length: 6 }, () => undefined),
      );
      expect(bytes.toString('latin1')).not.toMatch(/Canary|Exif|GPS|xmpmeta/);
      expect([mediaType, mediaTypeOf(bytes)]).toEqual([`image/${format}`, `image/${format}`]);
      // Held upright: the sides change places.
      expect([width, height, after.width, after.height]).toEqual([40, 60, 40, 60]);
    },
  );

  it('leaves behind what stands after its end', async () => {
    const original = Buffer.concat([await picture().jpeg().toBuffer(), Buffer.from('PK\x03\x04 Canary archive')]);
    expect((await cleanPhoto(original)).bytes.includes('Canary')).toBe(false);
  });

  it('is made no larger than pages need', async () => {
    const { width, height } = await cleanPhoto(await picture(3000, 1000).jpeg().toBuffer());
    expect([width, height]).toEqual([LONGEST_SIDE, Math.round(LONGEST_SIDE / 3)]);
  });

  it('is the same file when it is sent again', async () => {
    const original = await withSecrets().jpeg().toBuffer();
    expect((await cleanPhoto(original)).bytes).toEqual((await cleanPhoto(original)).bytes);
  });

  it('that would unpack to a great many pixels is not unpacked', async () => {
    const small = bomb(20_000);
    expect(small.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    expect(await faultOf(cleanPhoto(small))).toBe('photo-too-many-pixels');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it.each([
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a page', '<!doctype html><title>x</title>'],
    ['a GIF', 'GIF89a\x01\x00\x01\x00'],
    ['a HEIC photo', '\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic'],
    ['a PDF', '%PDF-1.7'],
  ])('is not %s', async (_, content) => {
    expect(await faultOf(cleanPhoto(Buffer.from(content, 'latin1')))).toBe('type-not-accepted');
  });

  it('says what to do with a HEIC file', () =>
    expect(cleanPhoto(Buffer.from('\x00\x00\x00\x18ftypheic', 'latin1'))).rejects.toThrow(/Save it as JPEG/));

  it('is refused when it is empty, cut off, or only begins like one', async () => {
    const whole = await picture(300, 300).jpeg().toBuffer();
    expect(await faultOf(cleanPhoto(Buffer.alloc(0)))).toBe('file-empty');
    expect(await faultOf(cleanPhoto(whole.subarray(0, whole.length / 2)))).toBe('photo-unreadable');
    expect(await faultOf(cleanPhoto(Buffer.from('\xff\xd8\xff and nothing', 'latin1')))).toBe('photo-unreadable');
  });
});

describe('the type of a document', () => {
  const zip = (name: string, content: string): Buffer => {
    const entry = Buffer.alloc(30);
    entry.write('PK\x03\x04', 'latin1');
    entry.writeUInt16LE(name.length, 26);
    return Buffer.concat([entry, Buffer.from(name + content), Buffer.from('PK\x01\x02')]);
  };
  it.each([
    ['application/pdf', Buffer.from('%PDF-1.4\n')],
    ['application/pkcs7-mime', Buffer.from('3080060 92a864886f70d010702a080'.replace(/\s/g, ''), 'hex')],
    ['application/vnd.oasis.opendocument.text', zip('mimetype', 'application/vnd.oasis.opendocument.text')],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', Buffer.concat([zip('[Content_Types].xml', 'x'), zip('word/document.xml', 'x')])],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Buffer.concat([zip('[Content_Types].xml', 'x'), zip('xl/workbook.xml', 'x')])],
  ])('is found to be %s', (type, bytes) => expect(documentType(bytes)).toBe(type)); // prettier-ignore

  it.each(['<html>', '#!/bin/sh', 'MZ\x90', '\x7fELF', 'PK\x03\x04 any archive'])('is not known of %j', (content) =>
    expect(() => documentType(Buffer.from(content, 'latin1'))).toThrow(/Save it as one of these/),
  );
});
