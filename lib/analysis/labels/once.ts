/** What a part comes to, computed once for each: records and labels may be millions. */
export function once<Part extends object, Result>(compute: (part: Part) => Result): (part: Part) => Result {
  const known = new WeakMap<Part, Result>();
  return (part) => {
    const result = known.get(part) ?? compute(part);
    known.set(part, result);
    return result;
  };
}
