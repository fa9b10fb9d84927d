import { loopholesIn } from './text-of';

describe('the check for loopholes', () => {
  it.each([
    '<p>a < b</p>',
    '<p><img src=x onerror=alert(1)></p>',
    '<p title="a" onclick="b">c</p>',
    '<script src="/x.js"></script>',
    '<a href="javascript:alert(1)">c</a>',
    '<p style="color:red">c</p>',
  ])('finds one in %s', (html) => expect(loopholesIn(html)).not.toEqual([]));

  it('finds none in a plain page', () => {
    expect(loopholesIn('<!doctype html><p class="a">1 > 0 &lt;b> <a href="/x?y=%3Cimg" download>z</a></p>')).toEqual(
      [],
    );
  });
});
