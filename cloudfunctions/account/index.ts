import { byAction } from '../shared/by-action.ts'
import { guarded } from '../shared/guard.ts'
import { limited } from '../shared/limited.ts'
import { open } from '../shared/open.ts'
import { serve } from '../shared/serve.ts'
import { changePhone, changePhoneInput, findClosing, kindOfProof } from './change-phone.ts'
import { closeAccount, closeInput } from './close-account.ts'
import { exportAccount, exportInput } from './export-account.ts'
import { getAccount, getInput } from './get-account.ts'
import { listSessions, sessionsInput } from './list-sessions.ts'
import {
  avatarUpload,
  avatarUploadInput,
  findPlacesToWithdraw,
  updateInput,
  updateProfile,
} from './update-profile.ts'

/** What a person can see and do about their own account. */
export const main = serve(
  'account',
  byAction<object>({
    get: guarded(getInput, getAccount),
    update: limited('update', updateInput, updateProfile),
    avatarUpload: limited('avatarUpload', avatarUploadInput, avatarUpload, findPlacesToWithdraw),
    changePhone: limited(kindOfProof, changePhoneInput, changePhone, findClosing),
    sessions: guarded(sessionsInput, listSessions),
    export: limited('export', exportInput, exportAccount),
    // Not `guarded`: it must also finish a closing that broke off, when nobody is logged in any more.
    close: open(closeInput, closeAccount),
  }),
)
