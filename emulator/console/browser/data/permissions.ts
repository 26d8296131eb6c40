import type { Permission } from '../../../control/collection.ts'

/** Permissions of a collection, as the cloud console names them. */
export const PERMISSIONS: Readonly<Record<Permission, string>> = {
  ADMINONLY: '仅管理员可读写',
  ADMINWRITE: '所有用户可读，仅管理员可写',
  PRIVATE: '仅创建者可读写',
  READONLY: '所有用户可读，仅创建者可写',
  CUSTOM: '自定义安全规则',
}
