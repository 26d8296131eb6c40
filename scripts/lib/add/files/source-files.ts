import { posix } from 'node:path'
import type { Files, Payload } from '../payload/payload.ts'
import type { FunctionsConfig } from './functions-config.ts'

/** Folder of the functions' sources, with a build of its own, in the project's root. */
const SOURCES_FOLDER = 'login-functions'

/**
 * Sources of the functions with the app's configuration, by path from the project's root.
 * @param functionsRoot where the build puts each function's code; the SDK is there already
 */
export function sourceFiles(
  { sources, functions, buildPackages }: Payload,
  config: FunctionsConfig,
  functionsRoot: string,
): Files {
  const names = [...new Set(Object.keys(functions).map((path) => path.split('/')[0] ?? ''))]
  const files: Files = {
    ...sources,
    'cloudfunctions/app-config.ts': withValues(sources['cloudfunctions/app-config.ts'] ?? '', config),
    'package.json': packageFile(buildPackages),
    'build.mjs': buildFile(names, posix.relative(SOURCES_FOLDER, functionsRoot)),
  }
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${SOURCES_FOLDER}/${path}`, text]))
}

/** Puts values into the exported constants of a file, and leaves comments and types. */
function withValues(text: string, config: FunctionsConfig): string {
  return Object.entries(config).reduce(
    (result, [name, value]) =>
      result.replace(
        new RegExp(`(export const ${name}(?:: [^=\\n]+)? = )[^]*?(?=\\n(?:\\n|$))`),
        (_all, start: string) => start + JSON.stringify(value, null, 2),
      ),
    text,
  )
}

function packageFile(packages: Payload['buildPackages']): string {
  const content = { private: true, scripts: { build: 'node build.mjs' }, devDependencies: packages }
  return `${JSON.stringify(content, null, 2)}\n`
}

function buildFile(names: readonly string[], target: string): string {
  return `// 编译登录的云函数 · builds the login's functions: npm install && npm run build
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))

/** The SDK is the file sdk.js beside each function. */
const sdkBeside = {
  name: 'sdk-beside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^wx-server-sdk$/ }, () => ({ path: 'cloud', namespace: 'sdk' }))
    onResolve({ filter: /./, namespace: 'sdk' }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /./, namespace: 'sdk' }, () => ({ contents: "module.exports = require('./sdk.js').cloud" }))
  },
}

for (const name of ${JSON.stringify(names)}) {
  await build({
    entryPoints: [pathOf(\`./cloudfunctions/\${name}/index.ts\`)],
    outfile: pathOf(\`./${target}/\${name}/index.js\`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16',
    plugins: [sdkBeside],
  })
}
`
}
