export default [
  { name: '一号楼', floors: 6 },
  { name: '二号楼', floors: 7 },
  { name: '三号楼', floors: 7 },
]
