import { deviceClock } from './clock'
import { readCloudError } from './cloud-error'
import type { Outcome } from './failure'
import { done, failed } from './failure'
import type { Patience } from './retry'
import { withRetries } from './retry'

/** A picture takes longer than a call. */
const UPLOAD_PATIENCE: Patience = { deadlineMilliseconds: 40000, tryMilliseconds: 20000, tries: 2 }

/** Puts a local file into the cloud storage; twice to one path is once. @returns its file id */
export function uploadFile(cloudPath: string, filePath: string): Promise<Outcome<string>> {
  return withRetries(deviceClock, UPLOAD_PATIENCE, async () => {
    try {
      const { fileID } = await wx.cloud.uploadFile({ cloudPath, filePath })
      return done(fileID)
    } catch (error) {
      return failed(readCloudError(error))
    }
  })
}
