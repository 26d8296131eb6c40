import { transformSync } from 'esbuild'

/** How much of a file is uploaded: code as by `minified`; WXML, WXSS, JSON and pictures as they are. */
export function packedBytes(path: string, content: Buffer): number {
  return /\.[jt]s$/.test(path) ? Buffer.byteLength(minified(content.toString())) : content.byteLength
}

function minified(source: string): string {
  return transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    target: 'es2018',
    charset: 'utf8',
    minify: true,
  }).code
}
