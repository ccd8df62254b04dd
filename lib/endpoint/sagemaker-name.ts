/**
 * What endpoints and their variants may be called: 1 to 63 letters, digits and hyphens, no hyphen at start and end.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
 * @internal
 */
export const SAGEMAKER_NAME = /^[A-Za-z0-9](-*[A-Za-z0-9]){0,62}$/;
