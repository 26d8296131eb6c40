/** Permissions of a collection, in the words of the cloud console. */
export const PERMISSIONS: Readonly<Record<string, string>> = {
  ADMINONLY: '仅管理员可读写',
  ADMINWRITE: '所有用户可读，仅管理员可写',
  PRIVATE: '仅创建者可读写',
  READONLY: '所有用户可读，仅创建者可写',
  CUSTOM: '自定义安全规则',
}
