import * as v from 'valibot'
import type { FunctionRules, PermissionLevel, StorageRules } from '../../control/permissions.ts'
import type { CloudServices } from '../cloud-services.ts'
import { permission } from './database-inputs.ts'
import { parse, type Routes } from './route.ts'

const collectionInput = v.object({ permission, rules: v.optional(v.string()) })
const storageInput = v.object({ storage: v.unknown() })
const functionsInput = v.object({ functions: v.unknown() })

function listPermissions({ permissions }: CloudServices) {
  const { file, problem } = permissions
  return {
    permissions: permissions.all(),
    ...(file === undefined ? {} : { file }),
    ...(problem === undefined ? {} : { problem }),
  }
}

export const permissionRoutes = {
  'GET permissions': { handle: listPermissions },
  'PUT collections/:name/permission': {
    topic: 'database',
    handle: ({ permissions }, input, { name = '' }) => {
      const { permission, rules } = parse(collectionInput, input)
      permissions.setCollection(name, permission, rules)
    },
  },
  // The permissions themselves are checked, and refused with the place of the mistake, where they are parsed.
  'PUT permissions/storage': {
    topic: 'files',
    handle: ({ permissions }, input) =>
      permissions.setStorage(parse(storageInput, input).storage as PermissionLevel | StorageRules),
  },
  'PUT permissions/functions': {
    topic: 'machine',
    handle: ({ permissions }, input) =>
      permissions.setFunctions(parse(functionsInput, input).functions as FunctionRules),
  },
} satisfies Partial<Routes>
