import { SOURCES } from './sources.ts'
import { type StatementGroup, same, statement } from './statement.ts'

/** Where the emulator had to choose, or where one document alone says it. */
const CHOICES = [
  statement(
    'database-default-limit',
    '`get` without `limit` gives 100 documents, at most 1000',
    '`get` 不带 `limit` 返回 100 条，最多 1000 条',
  ),
  statement('database-add-array', '`add` of an array adds each', '`add` 数组时逐条新增'),
  statement('database-and-empty-condition', '`_.and([x, {}])` is `x`', '`_.and([x, {}])` 等于 `x`'),
  statement(
    'database-conflict-at-the-write',
    'a write that conflicts with an open transaction fails at the write',
    '与未结束的事务冲突的写入当场失败',
    same(SOURCES.transaction),
  ),
  statement(
    'database-duplicate-key',
    'a duplicate key is -502001 with `E11000`',
    '重复的键：-502001，带 `E11000`',
  ),
  statement(
    'database-exists-false-on-element',
    '`_.exists(false)` on an element of an array',
    '对数组元素用 `_.exists(false)`',
  ),
  statement(
    'database-failed-write-in-transaction',
    'a write that fails inside a transaction ends it',
    '事务内的写入失败即结束事务',
  ),
  statement('database-geo-without-index', 'queries of places work without an index', '地理查询不需要索引'),
  statement(
    'database-missing-collection',
    'a missing collection is -502005',
    '集合不存在：-502005',
    same(SOURCES.errors),
  ),
  statement('database-pull-objects', '`_.pull({…})` on arrays of objects', '对象数组上的 `_.pull({…})`'),
  statement('database-push-slice', '`_.push({each, slice: -n})`', '`_.push({each, slice: -n})`'),
  statement(
    'database-server-date-in-set',
    '`serverDate()` inside `_.set` is stored as an object',
    '`_.set` 里的 `serverDate()` 存成对象',
  ),
  statement('database-transaction-busy', 'calls at once inside one transaction', '同一事务内同时调用'),
  statement(
    'database-unique-missing-is-null',
    'in a unique index a missing field is null',
    '唯一索引里缺少的字段视为 null',
  ),
  statement(
    'database-update-without-where',
    '`update` and `remove` without `where` are refused',
    '不带 `where` 的 `update`、`remove` 被拒绝',
  ),
  statement(
    'database-write-to-many',
    'a write to many documents changes all or none',
    '批量写入要么全部生效，要么全部不生效',
  ),
]

/** The SDK's methods of the database, by area of the questions. */
export const DATABASE_STATEMENTS: StatementGroup = {
  english: 'Database',
  chinese: '数据库',
  statements: [
    ...CHOICES,
    statement('database-query', '`where` with the commands of queries', '`where` 与查询指令'),
    statement(
      'database-read',
      '`get`, `count`, `orderBy`, `skip`, `limit`, `field`',
      '`get`、`count`、`orderBy`、`skip`、`limit`、`field`',
    ),
    statement('database-add', '`add`, also of an array', '`add`，包括数组'),
    statement('database-update', '`update` with the commands of updates', '`update` 与更新指令'),
    statement(
      'database-updated-counts',
      '`updated` counts the changed documents, not those that matched',
      '`updated` 计被改动的记录，不计仅匹配的',
    ),
    statement('database-set', '`set` replaces or creates', '`set` 替换或新建'),
    statement('database-remove', '`remove`, of one and of many', '`remove`：单条与多条'),
    statement('database-value', 'values of all types', '各种类型的值'),
    statement('database-stage', '`aggregate()` and its stages', '`aggregate()` 与各阶段'),
    statement(
      'database-aggregate-default-limit',
      '`aggregate()` without `limit()` gives 20 results; several developers report it',
      '`aggregate()` 不带 `limit()` 返回 20 条，多位开发者这样说',
    ),
    statement(
      'database-expression',
      'expressions of aggregation, accumulators among them',
      '聚合表达式与累计器',
    ),
    statement('database-geo', 'places, and queries of them', '地理位置与查询'),
    statement('database-error', 'errors and their numbers', '错误与错误号', same(SOURCES.errors)),
    statement('database-limit', 'limits of documents, names and depths', '记录、名字、层数的上限'),
    statement(
      'database-transaction',
      'transactions have snapshots, and the first writer wins',
      '事务：快照隔离，先写者胜',
      same(SOURCES.transaction),
    ),
    statement('database-index', 'unique indexes; a missing field is null', '唯一索引；缺少的字段视为 null'),
    statement(
      'database-collection',
      '`createCollection` and names of collections',
      '`createCollection` 与集合名',
    ),
  ],
}
