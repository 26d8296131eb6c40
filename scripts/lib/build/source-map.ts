import { createHash } from 'node:crypto'
import type { BuildOptions } from 'esbuild'

/** What a build id has in the code until the code is whole, which the id is made from; of the same length. */
const ID_PLACEHOLDER = '"buildId!"'

/** Options of the bundler for code that has a source map outside of it. */
export const SOURCE_MAP_OPTIONS = {
  sourcemap: 'external',
  // The sources are on this machine.
  sourcesContent: false,
  define: { BUILD_ID: ID_PLACEHOLDER },
} satisfies BuildOptions

interface BuiltCode {
  code: Buffer
  map: Uint8Array
  /** The map's file, from the folder of the code. */
  mapFile: string
}

/**
 * Gives code and map the id of the build, and the code a comment that names the map. The same sources have the same id.
 * The comment does no harm where the map is not: Node reads it only with `--enable-source-maps`, and goes on without.
 */
export function withSourceMap({ code, map, mapFile }: BuiltCode): { code: Buffer; map: Buffer } {
  const buildId = createHash('sha256').update(code).digest('hex').slice(0, 8)
  const text = code.toString().replaceAll(ID_PLACEHOLDER, JSON.stringify(buildId))
  const comment = `//# sourceMappingURL=${encodeURI(mapFile.replaceAll('\\', '/'))}\n`
  const content: unknown = JSON.parse(Buffer.from(map).toString())
  return {
    code: Buffer.from(`${text}${comment}`),
    map: Buffer.from(JSON.stringify({ ...(content as object), x_build_id: buildId })),
  }
}
