import lib from 'google-libphonenumber'
import { inputs } from './oracle/phone_inputs.mjs'
import { ask } from './oracle/ask.mjs'
const util = lib.PhoneNumberUtil.getInstance()
const E = lib.PhoneNumberFormat.E164
function oracle(t){ try { const n=util.parse(t,'SE'); return {valid:util.isValidNumber(n), e164:util.format(n,E), region:util.getRegionCodeForNumber(n), type:util.getNumberType(n), possible: util.isPossibleNumber(n), ext:n.getExtension()} } catch(e){ return {valid:false,e164:'no',err:e.message} } }
const all=[...inputs(1781,100000)]
const ours=ask(all.map(t=>'phone '+t))
const classes=new Map(); let same=0, both=0
all.forEach((t,i)=>{ const o=ours[i], h=oracle(t); const theirs=h.valid?h.e164:'no'
 if(o===theirs){same++; if(o!=='no')both++; return}
 let k
 if(o!=='no' && theirs==='no') k=`we take, they: ${h.e164===o?'same number invalid':h.e164==='no'?h.err:'other number invalid'} cc=${o.slice(0,4)}`
 else if(o==='no') k=`they take, we no: ${h.region} type=${h.type} ext=${h.ext?1:0} letters=${/[a-zåäö]/i.test(t)?1:0} sym=${/[,;#*_~]|\ud83d/.test(t)}`
 else k='differ'
 if(!classes.has(k))classes.set(k,[]); classes.get(k).push(`${JSON.stringify(t)} ours=${o} theirs=${h.e164}`)
})
console.log({same,both})
for(const [k,v] of [...classes].sort((a,b)=>b[1].length-a[1].length)) { console.log(v.length,k); for(const e of v.slice(0,5))console.log('     ',e) }
