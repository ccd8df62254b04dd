import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluated, type Tab } from './judged-page';

/** Where reviewed pictures lie, each a third as wide as the page was. */
const REVIEWED = join(__dirname, 'reviewed');

/** Runs in a page, as text. */
const COMPARISON = readFileSync(join(__dirname, 'comparison.js'), 'utf8');

/** Shares of a picture, and of its height, that may differ from the reviewed one: fonts are those of the machine. */
const TOLERANCE = { blocks: 0.03, height: 0.05 };

/** A picture beside the reviewed one. */
interface Comparison {
  /** JPEG in base64 */
  readonly small: string;
  /** of the reviewed picture's height by which it is taller or less tall; absent where none was reviewed */
  readonly height?: number;
  /** of its blocks of 8 by 8 pixels whose colour is another */
  readonly blocks?: number;
}

/** The names of pictures that are compared, and which of them are wrong. */
export class Pictures {
  private readonly seen: string[] = [];

  /** @param written whether what is seen becomes what is reviewed: for whoever then looks at it */
  constructor(
    private readonly tab: Tab,
    private readonly written: boolean,
  ) {}

  /** How many were looked at. */
  public get count(): number {
    return this.seen.length;
  }

  /** What is wrong with a picture. @param folder where the picture is left if it is another than the reviewed one */
  public async faults(name: string, picture: string, folder: string): Promise<string[]> {
    const file = join(REVIEWED, `${name}.jpg`);
    const reviewed = existsSync(file) ? readFileSync(file, 'base64') : null;
    const asked = JSON.stringify({ picture, reviewed: this.written ? null : reviewed });
    const { small, height, blocks } = await evaluated<Comparison>(this.tab, `${COMPARISON}\ncomparedPicture(${asked})`);
    this.seen.push(name);
    if (this.written) {
      mkdirSync(REVIEWED, { recursive: true });
      writeFileSync(file, Buffer.from(small, 'base64'));
      return [];
    }
    const fault = faultOf(height, blocks);
    if (fault === undefined) return [];
    const left = join(folder, `${name}.jpg`);
    writeFileSync(left, Buffer.from(small, 'base64'));
    return [`${fault}: look at ${left} beside ${file}, and write what is right by PICTURES=write`];
  }
}

function faultOf(height: number | undefined, blocks: number | undefined): string | undefined {
  if (height === undefined || blocks === undefined) return 'its picture was never reviewed';
  if (height > TOLERANCE.height) return `${percent(height)} taller or less tall than reviewed`;
  return blocks > TOLERANCE.blocks ? `${percent(blocks)} of it look otherwise than reviewed` : undefined;
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
