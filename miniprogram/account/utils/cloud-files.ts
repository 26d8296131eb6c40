import { readCloudError } from '../../auth/calls/cloud-error'
import type { RetryPolicy } from '../../auth/calls/retry'
import { withRetries } from '../../auth/calls/retry'
import { deviceClock } from '../../auth/core/clock'
import type { Outcome } from '../../auth/core/outcome'
import { done, failed } from '../../auth/core/outcome'

/** A picture takes longer than a call. */
const UPLOAD_PATIENCE: RetryPolicy = { deadlineMilliseconds: 40000, tryMilliseconds: 20000, tries: 2 }

/** Uploads a local file to the cloud storage. Repeating it for one path makes one file. @returns its file id */
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
