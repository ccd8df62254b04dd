// Runs in the page, as text: a picture of a page made small, and how much of it is another than the one that was reviewed.
globalThis.comparedPicture = async ({ picture, reviewed }) => {
  const SMALLER = 3;
  const BLOCK = 8;
  /** Of 255: blocks of text in another font differ by less, those of another colour or with something else in them by more. */
  const DIFFERENT = 24;

  const loaded = async (data, type) => {
    const image = new Image();
    image.src = `data:image/${type};base64,${data}`;
    await image.decode();
    return image;
  };
  const drawn = (image, width, height) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, width, height);
    return canvas;
  };
  /** Mean red, green and blue of each block. */
  const blocks = (canvas) => {
    const [columns, rows] = [Math.ceil(canvas.width / BLOCK), Math.ceil(canvas.height / BLOCK)];
    const { data } = drawn(canvas, columns, rows).getContext('2d').getImageData(0, 0, columns, rows);
    return Array.from({ length: columns * rows }, (_, index) => data.slice(index * 4, index * 4 + 3));
  };

  const image = await loaded(picture, 'png');
  const canvas = drawn(image, Math.round(image.width / SMALLER), Math.round(image.height / SMALLER));
  const small = canvas.toDataURL('image/jpeg', 0.7).split(',')[1];
  if (reviewed === null) return { small };
  const before = await loaded(reviewed, 'jpeg');
  const height = Math.abs(canvas.height / before.height - 1);
  const now = blocks(drawn(canvas, before.width, before.height));
  const then = blocks(drawn(before, before.width, before.height));
  const others = now.filter((block, at) =>
    block.some((value, channel) => Math.abs(value - then[at][channel]) > DIFFERENT),
  );
  return { small, height, blocks: others.length / now.length };
};
