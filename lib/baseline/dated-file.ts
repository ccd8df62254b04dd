/** The file that says how old a baseline is: its statistics, or the constraints of kinds that have no other. */
export function datedFile<File>({
  statistics,
  constraints,
}: {
  readonly statistics?: File;
  readonly constraints: File;
}): File {
  return statistics ?? constraints;
}
