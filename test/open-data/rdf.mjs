// node rdf.mjs SHAPES < {"turtle": …, "jsonld": …}: reads a graph by readers that are not ours, and prints what SHACL finds wrong in it and whether both writings are one graph.
import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';
import { Parser, Store, Writer } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';

const shapes = process.argv.slice(2).flatMap((path) => new Parser().parse(readFileSync(path, 'utf8')));
const { turtle, jsonld: json } = JSON.parse(readFileSync(0, 'utf8'));
const quads = new Parser().parse(turtle);

const validator = new SHACLValidator(new Store(shapes));
const { results } = await validator.validate(new Store(quads));

const nquads = new Writer({ format: 'N-Quads' }).quadsToString(quads);
const canonical = (input, inputFormat) =>
  jsonld.canonize(input, { algorithm: 'RDFC-1.0', format: 'application/n-quads', ...(inputFormat && { inputFormat }) });

process.stdout.write(
  JSON.stringify({
    triples: quads.map(({ subject, predicate, object }) => [subject.value, predicate.value, object.value]),
    flaws: results.map(({ focusNode, path, message, severity }) =>
      [severity?.value.split('#')[1], focusNode?.value, path?.value, ...message.map(({ value }) => value)].join(' | '),
    ),
    same: (await canonical(nquads, 'application/n-quads')) === (await canonical(json)),
  }),
);
