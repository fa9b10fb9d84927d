/** A square on the screen around a point, in pixels. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** How far a square is moved, in pixels. */
export interface Shift {
  readonly x: number;
  readonly y: number;
}

/** So many times everybody makes room for everybody; a crowd that is not apart by then stays one. */
const ROUNDS = 60;

/**
 * Moves squares apart that lie over one another, each pair by as little as will do, so that every one can be pressed (WCAG 2.2, 2.5.8). Answers the shifts in the order
 * of the squares; none is longer than `furthest`, for a mark must stay near what it stands for.
 */
export function apart(squares: readonly Square[], furthest: number): readonly Shift[] {
  const shifts = squares.map(() => ({ x: 0, y: 0 }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const [first, one] of squares.entries()) {
      for (let second = first + 1; second < squares.length; second += 1) {
        if (push(one, squares[second]!, shifts[first]!, shifts[second]!)) moved = true;
      }
    }
    for (const shift of shifts) {
      shift.x = Math.max(-furthest, Math.min(furthest, shift.x));
      shift.y = Math.max(-furthest, Math.min(furthest, shift.y));
    }
    if (!moved) break;
  }
  return shifts;
}

/** Half of the way each, along the shorter one out; whether there was anything to do. */
function push(one: Square, other: Square, first: { x: number; y: number }, second: { x: number; y: number }): boolean {
  const room = (one.size + other.size) / 2;
  const x = other.x + second.x - one.x - first.x;
  const y = other.y + second.y - one.y - first.y;
  const over = { x: room - Math.abs(x), y: room - Math.abs(y) };
  if (over.x < 0.5 || over.y < 0.5) return false;
  const axis = over.x < over.y ? 'x' : 'y';
  const step = (Math.sign(axis === 'x' ? x : y) || 1) * (over[axis] / 2);
  first[axis] -= step;
  second[axis] += step;
  return true;
}
