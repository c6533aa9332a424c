import { rmSync } from 'node:fs';

export default function removePack(): void {
  rmSync(process.env.PACKED_FOLDER as string, { recursive: true });
}
