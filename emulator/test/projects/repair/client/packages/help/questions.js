export default [
  { title: '多久来修？', answer: '一般两天以内。' },
  { title: '要收费吗？', answer: '不收费。' },
]
