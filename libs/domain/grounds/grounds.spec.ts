import { account } from './account';
import { annualReturn } from './annual-return';
import { assignment } from './assignment';
import { call } from './call';
import { callKeys } from './call-keys';
import { custody } from './custody';
import { destination } from './destination';
import { dialogue } from './dialogue';
import { disclosure } from './disclosure';
import { entries } from './entries';
import { exit } from './exit';
import { group } from './group';
import { judicial } from './judicial';
import { organisation } from './organisation';
import { spending } from './spending';
import { support } from './support';
import { use } from './use';
import { grounds } from './grounds';

it('has every code in one chapter alone', () => {
  const chapters = [
    entries,
    disclosure,
    judicial,
    custody,
    destination,
    organisation,
    spending,
    support,
    assignment,
    use,
    exit,
    call,
    callKeys,
    dialogue,
    group,
    account,
    annualReturn,
  ];
  expect(chapters.flatMap((chapter) => Object.keys(chapter)).sort()).toEqual(Object.keys(grounds).sort());
});
