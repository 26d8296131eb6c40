import { byAction } from '../shared/by-action.ts'
import { guarded } from '../shared/guard.ts'
import { open } from '../shared/open.ts'
import { serve } from '../shared/serve.ts'
import { changePhone, changePhoneInput } from './change-phone.ts'
import { closeAccount, closeInput } from './close-account.ts'
import { exportAccount, exportInput } from './export-account.ts'
import { getAccount, getInput } from './get-account.ts'
import { listSessions, sessionsInput } from './list-sessions.ts'
import { avatarUpload, avatarUploadInput, updateInput, updateProfile } from './update-profile.ts'

/** What a person can see and do about their own account. */
export const main = serve(
  'account',
  byAction<object>({
    get: guarded(getInput, getAccount),
    update: guarded(updateInput, updateProfile),
    avatarUpload: guarded(avatarUploadInput, avatarUpload),
    changePhone: guarded(changePhoneInput, changePhone),
    sessions: guarded(sessionsInput, listSessions),
    export: guarded(exportInput, exportAccount),
    // Not `guarded`: it must also finish a closing that broke off, when nobody is logged in any more.
    close: open(closeInput, closeAccount),
  }),
)
