/** How a call of `wx.cloud` fails. */
export interface StorageRefusal {
  errCode: number
  errMsg: string
}

/** Where and with which headers to `PUT` a file. */
export interface UploadTarget {
  fileID: string
  url: string
  headers: { authorization: string; 'x-cos-security-token': string }
}

/** How one file of a request fared: `status` 0, or the error's number. */
export interface FileStatus {
  fileID: unknown
  status: number
  errMsg: string
}

export interface FileUrl extends FileStatus {
  tempFileURL: string
  /** Seconds. */
  maxAge: number
}

/** A file of cloud storage; its `url` is good for ten minutes. */
export interface StoredFile {
  path: string
  fileID: string
  /** An openid; absent for the administrator. */
  creator?: string
  sizeBytes: number
  /** Milliseconds since 1970 by the cloud's clock. */
  uploadedAt: number
  url: string | undefined
}
