import { rowsBelow } from '../mutation.ts'

const IMPORT_TEST = 'cloudfunctions/admin/import-users.test.ts'
const OLD_USER_TEST = 'cloudfunctions/shared/import/old-user.test.ts'
const EXPORT_TEST = 'scripts/lib/import-users/export-file.test.ts'
const IMPORT_COMMAND_TEST = 'test/commands/import-users.test.ts'
const IMPORTED_TEST = 'test/miniprogram/imported-user.test.ts'
const THOUSANDS_TEST = 'test/import/three-thousand.test.ts'

const functions = rowsBelow('cloudfunctions/')
const scripts = rowsBelow('scripts/')
const miniprogram = rowsBelow('miniprogram/')

/** Guards of the people whom an app already has. */
export const IMPORT_GUARDS = [
  ...functions(
    [
      'an import never replaces a user',
      'admin/import-page.ts',
      'users().add({ data: toImportedUser(old, oldIds, target) })',
      'users().where({ _id: toImportedUser(old, oldIds, target)._id }).remove()',
      IMPORT_TEST,
      'adds users whom a login would find',
    ],
    [
      'an import changes no user who has registered',
      'admin/import-page.ts',
      '  if (!importedFrom) return []\n',
      '  if (!importedFrom) return [() => updateUser(budget, { _id }, { nickname: old.nickname })]\n',
      IMPORT_TEST,
      'leaves a user who has logged in since as they are',
    ],
    [
      'an import run again changes nobody',
      'admin/import-page.ts',
      '  if (further.length === 0) return []\n',
      '',
      IMPORT_TEST,
      'leaves a user who has logged in since as they are',
    ],
    [
      'a closed account is not imported again',
      'admin/import-page.ts',
      'filter(({ userId, user }) => !user && !closed.has(userId))',
      'filter(({ userId, user }) => !user && userId && closed)',
      IMPORT_TEST,
      'does not bring back a person who has just closed their account',
    ],
    [
      'a dry run writes nothing',
      'admin/import-page.ts',
      'const added = dryRun ? fresh :',
      'const added = dryRun === undefined ? fresh :',
      IMPORT_TEST,
      'a dry run writes nothing',
    ],
    [
      'an import answers no personal id',
      'admin/import-page.ts',
      'return isIdByChance(id) ? id : hiddenId(keys, id)',
      'return isIdByChance(id) ? id : (hiddenId(keys, id), id)',
      IMPORT_TEST,
      'answers and logs no number, openid and id that may be one',
    ],
    [
      'no number is stored as an old id',
      'shared/import/imported-user.ts',
      'return LIKE_A_PHONE.test(oldId) && !isIdByChance(oldId) ? hiddenId(keys, oldId) : oldId',
      'return LIKE_A_PHONE.test(oldId) && !isIdByChance(oldId) ? (hiddenId(keys, oldId), oldId) : oldId',
      IMPORT_TEST,
      'answers and logs no number, openid and id that may be one',
    ],
    [
      'where an import goes on is encrypted',
      'admin/old-documents.ts',
      'return encryptForAdmin(keys.reveal, adminToken, JSON.stringify({ from, after }))',
      'return encryptForAdmin(keys.reveal, adminToken, JSON.stringify({ from, after })) + String(after)',
      IMPORT_TEST,
      'goes on page by page to the end',
    ],
    [
      'an imported number is not verified',
      'shared/import/imported-user.ts',
      '    countryCode: phone.countryCode,\n',
      '    countryCode: phone.countryCode,\n    phoneVerifiedAt: new Date(0),\n',
      IMPORT_TEST,
      'with an unverified number and without consent',
    ],
    [
      'an import does not read the login’s own collections',
      'admin/import-users.ts',
      "if (OWN_COLLECTIONS.has(from)) throw new AppError('BAD_REQUEST', { field: 'from' })",
      'void OWN_COLLECTIONS',
      IMPORT_TEST,
      '400 BAD_REQUEST for {"from":"users"}',
    ],
    [
      'an import with another appid is refused',
      'admin/import-users.ts',
      '  if (known.length === 0 || known.some(',
      '  if (known.length >= 0 || known.some(',
      IMPORT_TEST,
      'for an appid that the present users do not have',
    ],
    [
      'what a client wrote into openid names nobody',
      'shared/import/field-names.ts',
      "openid: ['_openid', 'openid',",
      "openid: ['openid', '_openid',",
      OLD_USER_TEST,
      'is whom WeChat names in _openid',
    ],
    [
      'an imported picture is of the cloud or of WeChat',
      'shared/import/written-profile.ts',
      "return PICTURE.test(address) ? address.replace(/^http:/, 'https:') : ''",
      "return PICTURE ? address.replace(/^http:/, 'https:') : ''",
      OLD_USER_TEST,
      'tracker.example',
    ],
    [
      'an imported nickname is visible',
      'shared/import/written-profile.ts',
      '    if (!isSpace(segment) && !isVisibleText(segment)) continue\n',
      '',
      OLD_USER_TEST,
      'becomes',
    ],
  ),
  ...scripts(
    [
      'a malformed export is refused without its text',
      'lib/import-users/export-file.ts',
      "throw new MalformedExport(line, ['不是有效的 JSON', 'not JSON'])",
      "throw new MalformedExport(line, ['不是有效的 JSON', `not JSON ${text}`])",
      EXPORT_TEST,
      'no JSON',
    ],
    [
      'a repeated import writes no user who is there',
      'lib/import-users/write-import.ts',
      'if (person?.ordinal !== ordinal || existing.has(userId)) continue',
      'if (person?.ordinal !== ordinal || existing === undefined) continue',
      THOUSANDS_TEST,
      '3,000 people',
    ],
    [
      'nothing is left of an import that is broken off',
      'lib/import-users/private-file.ts',
      'for (const file of unfinished) file.discard()',
      '',
      IMPORT_COMMAND_TEST,
      'broken off',
    ],
    [
      'the present users are not read from another collection',
      'lib/import-users/existing-users.ts',
      'all > 0 && compared === 0',
      'false',
      IMPORT_COMMAND_TEST,
      'another collection',
    ],
    [
      'the files of an import are their owner’s alone',
      'lib/import-users/private-file.ts',
      'const OWNER_ONLY = 0o600',
      'const OWNER_ONLY = 0o644',
      THOUSANDS_TEST,
      '3,000 people',
    ],
  ),
  ...miniprogram(
    [
      'an imported person is not asked for a paid authorization',
      'account/pages/login/login.ts',
      "(lastPhone !== '' && !isNumberMissing()) || isOnlyConsentMissing()",
      "(lastPhone !== '' && !isNumberMissing()) && isOnlyConsentMissing()",
      IMPORTED_TEST,
      'logs in by agreeing, without a phone authorization',
    ],
    [
      'a login page opened by itself asks for no paid authorization of a known person',
      'account/pages/login/login.ts',
      'isKnown || this.mayBeKnown() ?',
      'isKnown ?',
      IMPORTED_TEST,
      'by a login page that was opened by itself',
    ],
  ),
]
