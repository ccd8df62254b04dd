/** How an explainability monitor computes feature attributions. */
export class ShapAnalysis {}
