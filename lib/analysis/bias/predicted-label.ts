import { type InvalidText, MAX_LABEL } from '../labels/ground-truth';

/** Reads a label as it stands, without the white space around it. An empty one, and one of more than 1,024 characters, is invalid. */
export function readLabel(text: string): string | InvalidText {
  const label = text.trim();
  if (label === '') return { invalid: 'empty' };
  return label.length > MAX_LABEL ? { invalid: `a text of more than ${MAX_LABEL} characters` } : label;
}

/** Reads what a model predicts: a label, or with a threshold the probability of label 1, which is predicted above it; else 0 is. */
export function readPredicted(text: string, threshold?: number): string | InvalidText {
  const label = readLabel(text);
  if (typeof label === 'object' || threshold === undefined) return label;
  const probability = Number(label);
  if (!Number.isFinite(probability)) return { invalid: 'not a finite number' };
  return probability > threshold ? '1' : '0';
}
