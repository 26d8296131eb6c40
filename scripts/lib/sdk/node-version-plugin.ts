import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'

const ASKS_FOR_NODE = /jsonwebtoken[\\/]lib[\\/]\w+Supported\.js$/
/** A whole module: whether Node is at least some version. Older lines than the ones that functions run on may be named, too. */
const QUESTION =
  /^(?:var|const) semver = require\('semver'\);\s*module\.exports = semver\.satisfies\(process\.version, '(?:\^6\.\d+\.\d+ \|\| )?>=(\d+)\.(\d+)\.0'\);\s*$/

/**
 * Answers three modules of jsonwebtoken that ask for the version of Node without semver, which takes longer to load than
 * everything else that signing needs. A module that asks in another way stays as it is.
 */
export const nodeVersionPlugin: Plugin = {
  name: 'node-version',
  setup({ onLoad }) {
    onLoad({ namespace: 'file', filter: ASKS_FOR_NODE }, ({ path }) => {
      const [, major, minor] = QUESTION.exec(readFileSync(path, 'utf8')) ?? []
      if (major === undefined || minor === undefined) return undefined
      return { contents: answer(Number(major), Number(minor)) }
    })
  },
}

const answer = (major: number, minor: number) => `
const [major, minor] = process.versions.node.split('.').map(Number)
module.exports = major > ${major} || (major === ${major} && minor >= ${minor})`
