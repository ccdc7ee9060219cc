const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./plot.68f67d94322c.js","./format.bc29a9822f2c.js"])))=>i.map(i=>d[i]);
import{C as e,S as t,_ as n,a as r,b as i,c as a,d as o,f as s,g as c,h as l,i as u,l as d,m as f,n as p,o as m,p as h,r as g,s as _,t as v,u as ee,v as y,x as te}from"./format.bc29a9822f2c.js";var ne=`downloads2mqtt.`,re={read(e){try{let t=localStorage.getItem(ne+e);return t===null?void 0:JSON.parse(t)}catch{return}},write(e,t){try{localStorage.setItem(ne+e,JSON.stringify(t))}catch{}}},ie={downloading:`active`,processing:`active`,checking:`active`,metadata:`active`,stalled:`active`,failed:`failed`,queued:`waiting`,paused:`waiting`,unknown:`waiting`,seeding:`done`,completed:`done`},b=Object.keys(ie),ae=[`active`,`waiting`,`done`,`failed`],oe=new Map(b.map((e,t)=>[e,t]));function x(e){return e.state in ie?e.state:`unknown`}function se(e){return oe.get(x(e))??b.length}function ce(e){return b.filter(t=>ie[t]===e)}var S=[`name`,`state`,`progress`,`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`eta`,`ratio`,`seeds`,`peers`,`client`,`category`,`tags`,`queue_position`,`added_at`,`completed_at`,`protocol`,`path`],le=new Intl.Collator(void 0,{numeric:!0,sensitivity:`base`});function ue(e,t){return le.compare(e.name,t.name)||(e.key<t.key?-1:+(e.key>t.key))}function de(e,t){let{by:n,direction:r}=e;if(n===`name`)return(e,t)=>r*(e.rank-t.rank);let i=fe(n,t);return(e,t)=>{let[n,a]=[i(e),i(t)];if(n===a)return e.rank-t.rank;if(n===null)return 1;if(a===null)return-1;let o=typeof n==`number`&&typeof a==`number`?n-a:le.compare(`${n}`,`${a}`);return r*o||e.rank-t.rank}}function fe(e,t){switch(e){case`state`:return se;case`client`:return e=>t(e.client);case`tags`:return e=>e.tags.length?e.tags.join(`, `):null;default:return t=>t[e]}}var pe={name:13,state:8.6,progress:9,size:5.2,downloaded:5.8,uploaded:5.8,download_rate:6,upload_rate:6,eta:5.8,ratio:4,seeds:4,peers:4,client:6.5,category:7,tags:8,queue_position:4,added_at:8,completed_at:8,protocol:5.5,path:14},me=[`name`,`state`,`progress`,`size`,`download_rate`,`upload_rate`,`eta`,`ratio`,`client`],he=3,ge=60,_e=class{#e;constructor(e){this.memory=e,this.shown=ye(e.read(`columns`)),this.#e=be(e.read(`widths`))}get all(){return[...this.shown,...S.filter(e=>!this.shown.includes(e))]}get total(){return this.shown.reduce((e,t)=>e+this.width(t),0)}width(e){return this.#e.get(e)??pe[e]}isResized(e){return this.#e.has(e)}resize(e,t){t===null?this.#e.delete(e):this.#e.set(e,Math.min(ge,Math.max(he,t))),this.memory.write(`widths`,Object.fromEntries(this.#e))}show(e,t){e!==`name`&&t!==this.shown.includes(e)&&this.#t(t?[...this.shown,e]:this.shown.filter(t=>t!==e))}move(e,t){let n=this.shown.indexOf(e),r=Math.min(this.shown.length-1,Math.max(1,n+t));if(n<1||n===r)return;let i=this.shown.filter(t=>t!==e);i.splice(r,0,e),this.#t(i)}reset(){this.#e.clear(),this.memory.write(`widths`,{}),this.#t([...me])}#t(e){this.shown=e,this.memory.write(`columns`,e)}};function ve(e){return S.some(t=>t===e)}function ye(e){return Array.isArray(e)?[`name`,...[...new Set(e.filter(ve))].filter(e=>e!==`name`)]:[...me]}function be(e){let t=typeof e==`object`&&e?Object.entries(e):[];return new Map(t.filter(e=>ve(e[0])&&Number.isFinite(e[1])))}var xe=[`off`,`safe`,`full`];function Se(e,t){return xe.indexOf(e)<xe.indexOf(t)?e:t}var Ce=class{#e=new Map;replace(e){this.#e.clear(),this.change(Object.fromEntries(e.map(e=>[e.bridge,e])))}change(e={}){for(let[t,n]of Object.entries(e))n===null||n.info===null?this.#e.delete(t):n.info!==void 0&&this.#e.set(t,n.info.control)}get most(){return xe.findLast(e=>[...this.#e.values()].includes(e))??`off`}},C=class extends Error{constructor(e,t){super(t),this.code=e,this.name=`RequestFailure`}},we=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],Te=new Set([`queued`,`metadata`,`downloading`,`stalled`,`checking`,`processing`,`seeding`,`unknown`]),Ee=new Set([`paused`,`failed`,`completed`,`unknown`]),De=class{constructor(e,t,n){this.store=e,this.source=t,this.toasts=n}control(e){let t=this.store.bridges.get(this.store.clients.get(e)?.bridge??``);return Se(this.store.reader.control,t?.info?.control??`off`)}allowed(e=this.store.clients.keys()){return[...e].some(e=>this.control(e)!==`off`)}deletable(e){return e.filter(e=>this.control(e.client)===`full`)}takes(e,t){return this.store.available(e)?t===`poll`?this.store.reader.polls??!0:this.control(e)!==`off`&&(this.store.clients.get(e)?.abilities.includes(t)??!1):!1}taking(e){return[...this.store.clients.keys()].filter(t=>this.takes(t,e))}fitting(e,t){let n=new Set(this.taking(e));return[...t].filter(t=>n.has(t.client)&&Oe(e,t))}async run(e,t,n={}){let r=[...ke(t)].map(([t,r])=>this.ask(t,e,{ids:r.map(e=>e.id),...n}));return(await Promise.all(r)).every(Boolean)}async runAll(e,t){return(await Promise.all([...t].map(t=>this.ask(t,e,{all:!0})))).every(Boolean)}async ask(e,n,r={}){try{return await this.source.request(`client/${e}`,n,r),!0}catch(r){let i=this.store.clients.get(e)?.name??e;return this.toasts.show(`bad`,t(`toast.failed`,{client:i,verb:t(`verb.${n}`),reason:w(r)})),!1}}};function w(e){if(!(e instanceof C))throw e;switch(e.code){case`disconnected`:case`interrupted`:case`timeout`:case`too_large`:return e.message||t(`reason.${e.code}`);default:return e.message||t(`reason.failed`)}}function Oe(e,t){let n=x(t);switch(e){case`pause`:return Te.has(n);case`resume`:return Ee.has(n);case`recheck`:case`reannounce`:return t.protocol===`torrent`;case`remove`:return!0}}function ke(e){let t=new Map;for(let n of e){let e=t.get(n.client);e===void 0?t.set(n.client,[n]):e.push(n)}return t}var T=[`state`,`client`,`category`,`tag`],Ae={words:[],state:new Set,client:new Set,category:new Set,tag:new Set};function je(e){return e.words.length>0||T.some(t=>e[t].size>0)}function Me(e){return e.toLowerCase().split(/\s+/).filter(Boolean)}var Ne=new Set([...Object.values({state:`state`,client:`client`,category:`category`,tag:`tags`}),`name`]);function Pe(e,t,n){let r={state:new Map,client:new Map,category:new Map,tag:new Map},i=T.filter(e=>t[e].size>0),a=[];for(let o of e){if(o.shown=!1,t.words.length&&!Re(Le(o,n),t.words))continue;let e=i.filter(e=>!Fe(o,e,t)),[s]=e;if(s===void 0){for(let e of T)Ie(o,e,r);o.shown=!0,a.push(o)}else e.length===1&&Ie(o,s,r)}return{rows:a,counts:r}}function Fe(e,t,n){switch(t){case`state`:return n.state.has(x(e));case`client`:return n.client.has(e.client);case`category`:return n.category.has(e.category??``);case`tag`:return e.tags.length?e.tags.some(e=>n.tag.has(e)):n.tag.has(``)}}function Ie(e,t,n){let r=n[t],i=e=>r.set(e,(r.get(e)??0)+1);if(t===`state`)i(x(e));else if(t===`client`)i(e.client);else if(t===`category`)i(e.category??``);else if(e.tags.length===0)i(``);else for(let t of e.tags)i(t)}function Le(e,t){return e.text??=[e.name,e.client,t(e.client),e.category,...e.tags].join(`
`).toLowerCase(),e.text}function Re(e,t){return t.every(t=>e.includes(t))}var ze=class{constructor(e){this.compare=e,this.items=[]}reset(e,t=this.compare){this.compare=t,this.items=[...e].sort(t)}update(e,t){let n=this.items.filter(n=>!e.has(n)&&!t.has(n)),r=[...e].filter(e=>!t.has(e)).sort(this.compare),i=[],a=0;for(let e of r){let t=this.#e(n,e,a);for(;a<t;a+=1)i.push(n[a]);i.push(e)}for(;a<n.length;a+=1)i.push(n[a]);this.items=i}#e(e,t,n){let r=n,i=e.length;for(;r<i;){let n=r+i>>>1;this.compare(e[n],t)<=0?r=n+1:i=n}return r}},Be={state:new Map,client:new Map,category:new Map,tag:new Map},Ve=class{#e;#t;#n;#r;#i;#a;constructor(e){this.store=e,this.rows=[],this.counts=Be,this.version=0,this.#e=Ae,this.#t={by:`state`,direction:1},this.#n=!0,this.#r=!0,this.#i=new ze(ue),this.#a=new ze(ue),this.#c=e=>this.store.clients.get(e)?.name??e}get filter(){return this.#e}set filter(e){this.#e=e,this.#r=!0}get sort(){return this.#t}set sort(e){this.#t=e,this.#n=!0}update(e){let t=e.added.length>0||e.removed.size>0,n=e.fields.has(`name`);e.all?this.#i.reset(this.store.downloads.values()):(t||n)&&this.#i.update(new Set([...e.added,...n?e.changed:[]]),e.removed),(e.all||t||n)&&this.#i.items.forEach((e,t)=>e.rank=t);let r=t||n||e.fields.has(this.#t.by);e.all||this.#n?this.#a.reset(this.store.downloads.values(),de(this.#t,this.#c)):r&&this.#a.update(new Set([...e.added,...e.changed]),e.removed);let i=t||[...e.fields].some(e=>Ne.has(e));e.all||this.#r||i?this.#s():(this.#n||r)&&this.#o(),this.#n=this.#r=!1}#o(){this.rows=this.#a.items.filter(e=>e.shown),this.version+=1}#s(){({rows:this.rows,counts:this.counts}=Pe(this.#a.items,this.#e,this.#c)),this.version+=1}#c},He=600,Ue=class{constructor(){this.samples=[]}take(e,t){this.samples.push({at:e,down:t?.down??null,up:t?.up??null}),this.samples.length>He&&this.samples.shift()}};function We(e){let[t,n]=[0,0];for(let{available:r,stats:i}of e)r&&(t+=i?.download_rate??0,n+=i?.upload_rate??0);return{down:t,up:n}}var Ge=class{constructor(){this.keys=new Set,this.active=null,this.#e=null}#e;get size(){return this.keys.size}has(e){return this.keys.has(e)}only(e){this.keys.clear(),this.keys.add(e),this.active=this.#e=e}toggle(e){this.keys.delete(e)||this.keys.add(e),this.active=this.#e=e}extend(e,t){let n=this.#e??this.active??t,r=e.findIndex(e=>e.key===n),i=e.findIndex(e=>e.key===t);if(i<0)return;this.keys.clear();let[a,o]=r<0?[i,i]:[Math.min(r,i),Math.max(r,i)];for(let t of e.slice(a,o+1))this.keys.add(t.key);this.#e=r<0?t:n,this.active=t}move(e){this.active=e}all(e){for(let t of e)this.keys.add(t.key)}clear(){this.keys.clear(),this.#e=null}prune(e){for(let t of this.keys)e.get(t)?.shown||this.keys.delete(t);this.active!==null&&!e.get(this.active)?.shown&&(this.active=null),this.#e!==null&&!e.get(this.#e)?.shown&&(this.#e=null)}},Ke=500,qe=()=>({all:!1,added:[],removed:new Set,changed:new Set,fields:new Set}),Je=[`name`,`category`,`tags`],Ye=class{#e;#t;#n;constructor(e,t=()=>void 0,n=()=>void 0){this.onChange=e,this.hearEvent=t,this.hearNotice=n,this.downloads=new Map,this.bridges=new Map,this.clients=new Map,this.events=[],this.link={phase:`connecting`},this.reader={user:null,control:`off`},this.broker=!0,this.ready=!1,this.lastTold=0,this.#e=0,this.#t=qe(),this.#n=new Map}get live(){return this.link.phase===`live`}get stale(){return this.ready&&(!this.live||!this.broker)}now(){return Date.now()+this.#e}available(e){return this.live&&this.broker&&(this.clients.get(e)?.available??!1)}answered(e){let t=e.available?this.#n.get(e.client)??0:0;return Math.max(t,e.last_ok===null?0:Date.parse(e.last_ok))}take(){let e=this.#t;return this.#t=qe(),e}onLink(e){this.link=e,e.phase===`login`&&this.#i(),this.onChange()}onReader(e){this.reader=e,this.onChange()}onClock(e){this.#e=e-Date.now(),this.lastTold=Date.now()}onSnapshot(e){this.broker=e.broker,this.bridges=new Map(e.bridges.map(e=>[e.bridge,e])),this.clients=new Map(e.clients.map(e=>[e.client,e])),this.downloads.clear();for(let t of e.downloads){let e=Xe(t);this.downloads.set(e.key,e)}this.#t.all=!0,this.ready=!0,this.#r()}onDelta(e){e.broker!==void 0&&(this.broker=e.broker);for(let[t,n]of Object.entries(e.set??{}))this.#a(t,n);for(let t of e.del??[])this.#o(t);this.#s(this.bridges,e.bridges),this.#s(this.clients,e.clients);for(let t of Object.keys(e.clients??{}))this.#n.set(t,this.now());this.#r()}onEvent(e){this.events.push(e),this.events.length>Ke&&this.events.splice(0,this.events.length-Ke),this.hearEvent(e),this.#r()}onNotice(e){this.hearNotice(e),this.#r()}#r(){this.lastTold=Date.now(),this.onChange()}#i(){this.downloads.clear(),this.bridges.clear(),this.clients.clear(),this.events=[],this.ready=!1,this.#t.all=!0}#a(e,t){let n=this.downloads.get(e);if(n===void 0){let n=Xe(t);this.downloads.set(e,n),this.#t.added.push(n),this.#n.set(n.client,this.now())}else{Object.assign(n,t);for(let e in t)this.#t.fields.add(e);Je.some(e=>e in t)&&(n.text=null),this.#t.changed.add(n),this.#n.set(n.client,this.now())}}#o(e){let t=this.downloads.get(e);t!==void 0&&(this.downloads.delete(e),this.#t.removed.add(t))}#s(e,t){for(let[n,r]of Object.entries(t??{}))r===null?e.delete(n):e.set(n,{...e.get(n),...r}),this.#t.all||=r===null||`name`in r}};function Xe(e){return Object.assign(e,{key:`${e.client}:${e.id}`,rank:0,text:null,shown:!1})}var Ze={good:5,bad:12},Qe=class{#e;constructor(e){this.onChange=e,this.shown=[],this.#e=1}show(e,t){if(this.shown.some(e=>e.text===t))return;let n=this.#e++;this.shown=[...this.shown,{id:n,tone:e,text:t}].slice(-4),setTimeout(()=>this.dismiss(n),Ze[e]*1e3),this.onChange()}dismiss(e){this.shown=this.shown.filter(t=>t.id!==e),this.onChange()}},$e=1e3,et=1e3,tt=new Set([`progress`,`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`ratio`,`seeds`,`peers`,`added_at`,`completed_at`]),nt=class{#e;#t;#n;#r;#i;constructor(e,t){this.source=e,this.memory=t,this.selection=new Ge,this.rates=new Ue,this.opened=null,this.#e=new Set,this.#t=new Set,this.#n=new Set,this.#r=!1,this.touch=()=>{this.#r||(this.#r=!0,globalThis.document?.hidden??!0?setTimeout(this.#o,et):requestAnimationFrame(this.#o))},this.#a=()=>{let{store:e}=this;this.rates.take(Date.now(),e.live&&e.broker?We(e.clients.values()):null),this.touch()},this.#o=()=>{this.#r=!1,this.listing.update(this.store.take()),this.selection.prune(this.store.downloads);for(let e of this.#e)e()},this.toasts=new Qe(this.touch),this.store=new Ye(this.touch,e=>this.#t.forEach(t=>t(e)),e=>this.#n.forEach(t=>t(e))),this.listing=new Ve(this.store),this.columns=new _e(t),this.commands=new De(this.store,e,this.toasts),this.listing.sort=rt(t.read(`sort`))}start(){this.source.start(this.store),this.#i=setInterval(this.#a,$e)}stop(){this.source.stop(),clearInterval(this.#i)}watch(e){return this.#e.add(e),()=>this.#e.delete(e)}onEvent(e){return this.#t.add(e),()=>this.#t.delete(e)}onNotice(e){return this.#n.add(e),()=>this.#n.delete(e)}get filter(){return this.listing.filter}narrow(e){this.listing.filter={...this.listing.filter,...e},this.touch()}choose(e,t,n){let r=this.listing.filter[e],i=t.every(e=>r.has(e))&&(n||r.size===t.length),a=new Set(n?r:[]);for(let e of t)i?a.delete(e):a.add(e);this.narrow({[e]:a})}showEverything(){this.narrow(Ae)}sortBy(e,t){let{sort:n}=this.listing,r=tt.has(e)?-1:1,i=n.direction===1?-1:1;this.listing.sort={by:e,direction:t??(e===n.by?i:r)},this.memory.write(`sort`,this.listing.sort),this.touch()}open(e){this.opened=e,this.touch()}get selected(){return this.listing.rows.filter(e=>this.selection.has(e.key))}#a;#o};function rt(e){let{by:t,direction:n}=e??{},r=S.find(e=>e===t);return{by:r??`state`,direction:r!==void 0&&n===-1?-1:1}}var it=500,at=3e4,ot=class{#e=0;constructor(e=Math.random,t=at){this.random=e,this.longest=t}next(){let e=Math.min(this.longest,it*2**this.#e);return this.#e+=1,e*(.5+this.random())}reset(){this.#e=0}},st=class{constructor(e,t){this.base=e,this.fetch=t}async session(){try{let e=await this.fetch(new URL(`session`,this.base),{cache:`no-store`});if(e.status===404)return{kind:`open`,user:null};if(e.status!==200&&e.status!==401)return{kind:`unreachable`};let t=await e.json();return e.status===401?{kind:`login`,form:t.login!==`none`}:{kind:`open`,user:t.user??null}}catch{return{kind:`unreachable`}}}async login(e,t){let n=await this.#e(`login`,{user:e,password:t});if(!n.ok)throw n.status===401?new C(`unauthorized`,``):n.status===429?new C(`too_many`,n.headers.get(`Retry-After`)??``):await ct(n)}async logout(){let e=await this.#e(`logout`,{});if(!e.ok&&e.status!==401)throw await ct(e)}async request(e,t,n){let r=await this.#e(`request/${e}/${t}`,n);if(!r.ok)throw await ct(r);let i=await r.json();if(i.status===`error`)throw new C(i.error?.code??`failed`,i.error?.message??``);return i.data??null}async#e(e,t){try{return await this.fetch(new URL(e,this.base),{method:`POST`,headers:{"Content-Type":`application/json`},body:JSON.stringify(t)})}catch{throw new C(`interrupted`,``)}}};async function ct(e){try{let t=await e.json();if(t.error)return new C(t.error.code,t.error.message)}catch{}return new C(e.status===413?`too_large`:`failed`,``)}var lt=2.5,ut=250,dt=5e3,ft=3e4,pt=65e3,mt=3e4,ht=4401,gt=1e4,_t=class{#e;#t;#n;#r;#i;#a;#o;#s;#c;#l;#u;#d;#f;#p;#m;#h;#g;#_;#v;#y;#b;#x;#S;constructor(e,t={}){this.login={login:async(e,t)=>this.#C(this.#e.login(e,t)),logout:async()=>this.#C(this.#e.logout())},this.#i=new Map,this.#a=null,this.#o=null,this.#s=0,this.#u=15e3,this.#d=0,this.#f=0,this.#p=1/0,this.#m=null,this.#h=``,this.#g=null,this.#_=new Ce,this.#v=null,this.#y=`off`,this.#b=!1,this.#x=0,this.#S={phase:`connecting`},this.#L=()=>{this.#S.phase===`waiting`&&this.#w()},this.#R=()=>{globalThis.document.hidden||(this.#L(),this.#S.phase===`live`&&this.#o!==null&&(this.#p=Math.min(this.#p,Date.now()+dt),this.#o.send(`{"t":"ping"}`)))},this.#n={WebSocket:globalThis.WebSocket,fetch:(...e)=>globalThis.fetch(...e),random:Math.random,...t},this.#r=new URL(`api/v1/`,e),this.#e=new st(this.#r,this.#n.fetch),this.#t=new ot(this.#n.random)}start(e){this.#a=e,this.#l=setInterval(()=>this.#I(),ut),globalThis.addEventListener?.(`online`,this.#L),globalThis.document?.addEventListener(`visibilitychange`,this.#R),this.#w()}stop(){this.#s+=1,clearTimeout(this.#c),clearInterval(this.#l),globalThis.removeEventListener?.(`online`,this.#L),globalThis.document?.removeEventListener(`visibilitychange`,this.#R),this.#P(),this.#a=null}retry(){(this.#S.phase===`waiting`||this.#S.phase===`login`)&&this.#w()}async request(e,t,n={}){if(this.#S.phase!==`live`||this.#o===null)throw new C(`disconnected`,``);this.#x+=1;let r=`${this.#h}-${this.#s}-${this.#x}-${this.#n.random().toString(36).slice(2)}`,i=JSON.stringify({t:`request`,topic:e,verb:t,transaction:r,...n});if(i.length*3>mt&&new TextEncoder().encode(i).length>mt)return this.#e.request(e,t,{transaction:r,...n});let a=this.#o;return new Promise((e,n)=>{let o=setTimeout(()=>{this.#i.delete(r),n(new C(`timeout`,``))},t===`add`?pt:ft);this.#i.set(r,{resolve:e,reject:n,timer:o}),a.send(i)})}async#C(e){await e,this.#m=null,this.#w()}async#w(){clearTimeout(this.#c),this.#P();let e=++this.#s;this.#F({phase:`connecting`});let t=await this.#e.session();e===this.#s&&(t.kind===`login`?this.#F({phase:`login`,form:t.form}):t.kind===`unreachable`?this.#N():(this.#g=t.user,this.#T(e)))}#T(e){let t=new URL(`ws`,this.#r);t.protocol=t.protocol.replace(`http`,`ws`),this.#m!==null&&(t.searchParams.set(`epoch`,this.#m.epoch),t.searchParams.set(`seq`,String(this.#m.seq)));let n=new this.#n.WebSocket(t.href);this.#o=n,this.#d=Date.now();let r=()=>e===this.#s&&n===this.#o;n.onmessage=e=>{r()&&this.#E(JSON.parse(e.data))},n.onclose=e=>{r()&&(e.code===ht?this.#w():this.#N())}}#E(e){let t=this.#a;if(t!==null)switch(this.#d=Date.now(),this.#p=1/0,e.t){case`hello`:return this.#D(e.epoch,e.heartbeat,e.recovered,e.control);case`snapshot`:return this.#k(e.seq),t.onSnapshot(e),this.#_.replace(e.bridges),this.#O(),this.#A();case`delta`:if(e.prev!==this.#m?.seq)return this.#j();this.#k(e.seq),t.onDelta(e);for(let n of e.events??[])t.onEvent(n);return this.#_.change(e.bridges),this.#O();case`event`:return this.#k(e.seq),t.onEvent(e);case`notification`:return this.#k(e.seq),t.onNotice(e);case`heartbeat`:return t.onClock(Date.parse(e.at));case`response`:return this.#M(e)}}#D(e,t,n,r){this.#u=t*1e3,this.#h=e,n||(this.#m=null),this.#b=!1,this.#y=r,this.#a?.onReader({user:this.#g,control:r}),this.#o?.send(`{"t":"ping"}`),n&&this.#A()}#O(){let[e,t]=[this.#v,this.#_.most];this.#v=t,e===null||t===e||t===this.#y||this.#b||(this.#b=!0,this.#o?.send(`{"t":"subscribe"}`))}#k(e){this.#m={epoch:this.#h,seq:e}}#A(){this.#S.phase!==`live`&&(this.#f=Date.now(),this.#F({phase:`live`}))}#j(){this.#m=null,this.#N()}#M(e){let t=this.#i.get(e.transaction??``);t!==void 0&&(this.#i.delete(e.transaction??``),clearTimeout(t.timer),e.status===`ok`?t.resolve(e.data??null):t.reject(new C(e.error?.code??`failed`,e.error?.message??``)))}#N(){this.#S.phase===`live`&&Date.now()-this.#f>gt&&this.#t.reset(),this.#s+=1,this.#P(),clearTimeout(this.#c);let e=this.#t.next();this.#c=setTimeout(()=>void this.#w(),e),this.#F({phase:`waiting`,retryAt:Date.now()+e})}#P(){let e=this.#o;this.#o=null,this.#b=!1,this.#p=1/0,e!==null&&(e.onmessage=e.onclose=null,e.close());for(let{reject:e,timer:t}of this.#i.values())clearTimeout(t),e(new C(`interrupted`,``));this.#i.clear()}#F(e){this.#S=e,this.#a?.onLink(e)}#I(){if(this.#o===null)return;let e=Date.now();(e-this.#d>lt*this.#u||e>this.#p)&&this.#N()}#L;#R},E=e=>(t,n)=>{n===void 0?customElements.define(e,t):n.addInitializer(()=>{customElements.define(e,t)})},vt={attribute:!0,type:String,converter:n,reflect:!1,hasChanged:c},yt=(e=vt,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function D(e){return(t,n)=>typeof n==`object`?yt(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function O(e){return D({...e,state:!0,attribute:!1})}var bt=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function k(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return bt(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return bt(n,r,{get(){return a(this)}})}}var xt=y`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
    gap: 0.9rem 1rem;
  }

  .field {
    display: grid;
    align-content: start;
    gap: 0.3rem;
    min-width: 0;
  }

  .field.wide {
    grid-column: 1 / -1;
  }

  .field > span:first-child {
    font-size: 0.82rem;
    font-weight: 600;
    color: var(--d2m-ink);
  }

  .hint {
    font-size: 0.79rem;
    color: var(--d2m-muted);
  }

  .field input:not([type="checkbox"]),
  .field select,
  .field textarea {
    width: 100%;
    min-height: 2.25rem;
    padding: 0.35rem 0.65rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));
    border-radius: var(--d2m-radius);
    background: var(--d2m-surface);
    color: var(--d2m-ink);
    font: inherit;
  }

  .field textarea {
    resize: vertical;
    min-height: 5.5rem;
    font: 0.85rem/1.5 var(--d2m-mono);
    overflow-wrap: anywhere;
  }

  .field :is(input, select, textarea):focus-visible {
    outline: 2px solid var(--d2m-accent);
    outline-offset: -1px;
    border-color: transparent;
  }

  .field ::placeholder {
    color: var(--d2m-muted);
    opacity: 1;
  }

  .tick {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 2.25rem;
  }

  .tick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    accent-color: var(--d2m-accent);
  }

  .with-unit {
    position: relative;
    display: block;
  }

  .with-unit > span {
    position: absolute;
    inset-inline-end: 0.65rem;
    top: 50%;
    translate: 0 -50%;
    color: var(--d2m-muted);
    font-size: 0.82rem;
    pointer-events: none;
  }

  .with-unit input {
    padding-inline-end: 3.2rem !important;
    appearance: textfield;
  }

  .feet {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5rem;
  }

  .sentence {
    padding: 0.6rem 0.8rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--d2m-red) 10%, transparent);
    color: var(--d2m-red);
    overflow-wrap: anywhere;
  }

  @media (pointer: coarse) {
    .field input:not([type="checkbox"]),
    .field select,
    .field textarea {
      min-height: 2.75rem;
      font-size: 16px;
    }
  }
`;function A(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var j=class extends ee{#e;connectedCallback(){super.connectedCallback(),this.#t()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}willUpdate(e){e.has(`model`)&&this.#t()}tell(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}#t(){this.#e?.();let e=this.model;this.#e=this.isConnected?e?.watch(()=>this.requestUpdate()):void 0}};A([D({attribute:!1})],j.prototype,`model`,void 0);var M=y`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }

  button,
  input,
  select {
    margin: 0;
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    border: 0;
    padding: 0;
    background: none;
    text-align: start;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }

  button:disabled {
    cursor: default;
    opacity: 0.42;
  }

  :focus-visible {
    outline: 2px solid var(--d2m-accent);
    outline-offset: 1px;
  }

  svg.icon {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45rem;
    min-height: 2.125rem;
    padding: 0 0.7rem;
    border-radius: var(--d2m-radius);
    font-weight: 500;
    white-space: nowrap;
    transition: background-color 0.12s;
  }

  .button:not(:disabled):hover,
  .button[aria-expanded="true"] {
    background: color-mix(in srgb, var(--d2m-ink) 7%, transparent);
  }

  .button.icon-only {
    width: 2.125rem;
    padding: 0;
    color: var(--d2m-muted);
  }

  .button.icon-only:not(:disabled):hover {
    color: var(--d2m-ink);
  }

  .button.primary {
    background: var(--d2m-accent);
    color: var(--d2m-on-accent);
  }

  .button.primary:not(:disabled):hover {
    background: color-mix(in srgb, var(--d2m-accent) 88%, var(--d2m-ink));
  }

  .button.danger {
    color: var(--d2m-red);
  }

  .button.danger.primary {
    background: var(--d2m-red);
    color: var(--d2m-surface);
  }

  .button.outlined {
    border: 1px solid var(--d2m-line);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  dialog {
    max-width: min(32rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--d2m-line);
    border-radius: var(--d2m-radius-large);
    background: var(--d2m-raised);
    color: var(--d2m-ink);
    box-shadow: var(--d2m-shadow);
  }

  dialog::backdrop {
    background: rgb(8 11 15 / 45%);
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }

  @media (pointer: coarse) {
    .button {
      min-height: 2.5rem;
    }

    .button.icon-only {
      width: 2.5rem;
    }
  }
`,St=y`
  :host {
    color-scheme: light dark;
    --d2m-paper: #f4f5f7;
    --d2m-surface: #fff;
    --d2m-raised: #fff;
    --d2m-sunken: #eef0f3;
    --d2m-ink: #191d22;
    --d2m-muted: #5d6672;
    --d2m-line: #e2e5e9;
    --d2m-track: #e4e7eb;
    --d2m-accent: #2457cb;
    --d2m-on-accent: #fff;
    --d2m-blue: #2457cb;
    --d2m-green: #17774a;
    --d2m-amber: #955400;
    --d2m-red: #bf2b2b;
    --d2m-violet: #7140c2;
    --d2m-teal: #096d79;
    --d2m-grey: #5d6672;
    --d2m-shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 12px 32px rgb(16 24 40 / 14%);
    --d2m-radius: 0.5rem;
    --d2m-radius-large: 0.75rem;
    --d2m-unit: 1rem;
    --d2m-row: 2.375rem;
    --d2m-row-phone: 4.75rem;
    --d2m-font:
      system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
    --d2m-mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --d2m-paper: #0e1114;
      --d2m-surface: #15181c;
      --d2m-raised: #1d2126;
      --d2m-sunken: #0f1215;
      --d2m-ink: #e6e9ed;
      --d2m-muted: #98a2ae;
      --d2m-line: #252a30;
      --d2m-track: #2a3037;
      --d2m-accent: #7ba6ff;
      --d2m-on-accent: #0c1424;
      --d2m-blue: #6f9dfb;
      --d2m-green: #4fbf88;
      --d2m-amber: #e2a446;
      --d2m-red: #f5807c;
      --d2m-violet: #b496f5;
      --d2m-teal: #52c2cf;
      --d2m-grey: #939da9;
      --d2m-shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 16px 40px rgb(0 0 0 / 55%);
    }
  }
`,Ct=new URL(`favicon.929bf1f7280e.svg`,import.meta.url).href,N=class extends j{constructor(...e){super(...e),this.busy=!1,this.trouble=``,this.seen=!1,this.#e=!1,this.#i=async e=>{e.preventDefault();let[t,n]=[this.user?.value??``,this.password?.value??``];if(!this.busy){[this.busy,this.trouble]=[!0,``];try{await this.model.source.login?.login(t,n),this.password!==null&&(this.password.value=``)}catch(e){this.trouble=wt(e),this.password?.select()}this.busy=!1}}}#e;createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),document.adoptedStyleSheets.includes(Et)||document.adoptedStyleSheets.push(Et)}render(){let{link:e}=this.model.store;return this.#t?h`<dialog
      aria-label=${t(`login.title`)}
      @cancel=${e=>e.preventDefault()}
      @close=${()=>this.dialog?.showModal()}
      @keydown=${e=>e.stopPropagation()}
    >
      <div class="card">
        <img src=${Ct} alt="" width="48" height="48" />
        ${e.phase===`login`&&!e.form?this.#r():this.#n()}
      </div>
    </dialog>`:o}updated(){this.#t!==this.#e&&(this.#e=this.#t,this.#e||([this.trouble,this.busy]=[``,!1]),this.dialog?.showModal(),(this.user??this.querySelector(`button`))?.focus())}get#t(){let{store:e}=this.model;return e.link.phase===`login`||this.#e&&!e.ready&&e.link.phase===`connecting`}#n(){return h`<form method="post" action="" @submit=${this.#i}>
      <h1>downloads<b>2</b>mqtt</h1>
      <p class="text">${t(`login.text`)}</p>
      <label class="field"
        ><span>${t(`login.user`)}</span
        ><input
          id="username"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
          aria-describedby="login-trouble"
      /></label>
      <label class="field"
        ><span>${t(`login.password`)}</span
        ><input
          id="current-password"
          name="password"
          type=${this.seen?`text`:`password`}
          autocomplete="current-password"
          required
          aria-describedby="login-trouble"
      /></label>
      <label class="tick"
        ><input
          type="checkbox"
          .checked=${this.seen}
          @change=${e=>this.seen=e.target.checked}
        />${t(`login.show`)}</label
      >
      <p id="login-trouble" role="alert" class=${this.trouble?`sentence`:`unseen`}>${this.trouble}</p>
      <button class="button primary" type="submit" ?disabled=${this.busy}>
        ${t(this.busy?`login.under_way`:`login.submit`)}
      </button>
    </form>`}#r(){return h`<div class="elsewhere">
      <h1>${t(`login.elsewhere`)}</h1>
      <p class="text">${t(`login.elsewhere_text`)}</p>
      <button class="button primary" @click=${()=>this.model.source.retry()}>${t(`login.retry`)}</button>
    </div>`}#i};A([O()],N.prototype,`busy`,void 0),A([O()],N.prototype,`trouble`,void 0),A([O()],N.prototype,`seen`,void 0),A([k(`dialog`)],N.prototype,`dialog`,void 0),A([k(`[name=password]`)],N.prototype,`password`,void 0),A([k(`[name=username]`)],N.prototype,`user`,void 0),N=A([E(`d2m-login-form`)],N);function wt(e){if(!(e instanceof C))throw e;if(e.code===`unauthorized`)return t(`login.wrong`);if(e.code!==`too_many`)return t(`login.failed`,{reason:w(e)});let n=Number(e.message);return n>0?t(`login.too_many`,{time:g(n)}):t(`login.too_many_some`)}var Tt=y`
  dialog {
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 1rem;
    overflow-y: auto;
    border: 0;
    border-radius: 0;
    background: var(--d2m-paper);
    color: var(--d2m-ink);
    font: 400 0.9rem/1.45 var(--d2m-font);
  }

  dialog[open] {
    display: grid;
    place-items: center;
  }

  .card {
    display: grid;
    justify-items: center;
    gap: 0.9rem;
    width: min(23rem, 100%);
    padding: 2rem 1.8rem 1.8rem;
    border: 1px solid var(--d2m-line);
    border-radius: 1rem;
    background: var(--d2m-surface);
    box-shadow: var(--d2m-shadow);
  }

  form,
  .elsewhere {
    display: grid;
    gap: 0.9rem;
    width: 100%;
  }

  h1 {
    text-align: center;
    font-size: 1.25rem;
    font-weight: 650;
    letter-spacing: -0.015em;
  }

  h1 b {
    color: var(--d2m-accent);
    font-weight: inherit;
  }

  .text {
    margin-top: -0.6rem;
    text-align: center;
    color: var(--d2m-muted);
  }

  .tick {
    min-height: 1.5rem;
    color: var(--d2m-muted);
  }

  .button.primary {
    min-height: 2.5rem;
  }

  .field input:not([type="checkbox"]) {
    min-height: 2.5rem;
    font-size: 16px;
  }
`,Et=new CSSStyleSheet;Et.replaceSync(`${St.cssText.replaceAll(`:host`,`d2m-login-form`)}
  d2m-login-form { ${M.cssText} ${xt.cssText} ${Tt.cssText} }`);var Dt={add:`M12 5v14M5 12h14`,attention:`M12 4 2.8 19.5h18.4L12 4ZM12 10v4.2M12 17v.01`,bell:`M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4`,copy:`M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4`,chart:`M4 4v16h16M7.5 14.5l3.5-4 3 2.5 4.5-6`,check:`m5 12.5 4.5 4.5L19 7.5`,clear:`M6 6l12 12M18 6 6 18`,columns:`M4 5h16v14H4zM9.5 5v14M15 5v14`,down:`M12 4.5v14M6 13l6 6 6-6`,edit:`M4.5 19.5h4L19 9a2.1 2.1 0 0 0-3-3L5.5 16.5l-1 3ZM14 8l3 3`,file:`M6 3.5h8l4 4v13H6zM14 3.5v4h4`,filter:`M4 6h16M7 12h10M10 18h4`,help:`M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z`,layers:`m12 4 8.5 4.5L12 13 3.5 8.5 12 4ZM4 12.5l8 4.3 8-4.3M4 16.2l8 4.3 8-4.3`,leave:`M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5`,more:`M12 5.5v.01M12 12v.01M12 18.5v.01`,pause:`M8.5 5.5v13M15.5 5.5v13`,recheck:`M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2M20 4.5v4.7h-4.7`,refresh:`M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.2M20 4.5v4.7h-4.7M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.8M4 19.5v-4.7h4.7`,remove:`M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5`,resume:`M8 5.5v13l10.5-6.5L8 5.5Z`,search:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4`,select:`M4.5 4.5h15v15h-15zM8.5 12l2.5 2.5 4.5-5`,sort:`M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5`,up:`M12 19.5v-14M6 11l6-6 6 6`,user:`M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0`,checking:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4M8.3 11l2 2 3.4-3.8`,completed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.6`,downloading:`M12 4v11M7 10.5l5 5 5-5M5 19.5h14`,failed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.2M12 16.2v.01`,metadata:`M10 13.5a4 4 0 0 0 6 .4l2.6-2.6a4 4 0 0 0-5.6-5.6l-1.4 1.3M14 10.5a4 4 0 0 0-6-.4l-2.6 2.6a4 4 0 0 0 5.6 5.6l1.4-1.3`,paused:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6`,processing:`M12 3.5 20 8v8l-8 4.5L4 16V8l8-4.5ZM4.3 8.2 12 12.5l7.7-4.3M12 12.5v8`,queued:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.2V12l3.2 2`,seeding:`M12 20V9M7 13.5l5-5 5 5M5 4.5h14`,stalled:`M7 4h10M7 20h10M8 4c0 4 8 6 8 8s-8 4-8 8M16 4c0 4-8 6-8 8s8 4 8 8`,unknown:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 10a2 2 0 1 1 2.9 1.8c-.6.4-.9.8-.9 1.5M12 16.2v.01`};function P(e){return l`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${Dt[e]}></path></svg>`}var Ot=12e6,kt=32768,At=/^(https?:\/\/|magnet:\?)/i,jt=/\.(torrent|nzb)$/i;function Mt(e){let n=e.split(/\s*\n\s*/).map(e=>e.trim());return[...new Set(n.filter(e=>e!==``))].map(e=>({name:e,label:It(e),file:null,outcome:At.test(e)?{is:`waiting`}:{is:`failed`,why:t(`add.bad_link`)}}))}function Nt(e){let t=e.trim().split(/\s*\n\s*/);return e.trim()!==``&&t.every(e=>At.test(e))}function Pt(e){return{name:e.name,label:e.name,file:e,outcome:Ft(e)}}function Ft(e){return jt.test(e.name)?e.size===0?{is:`failed`,why:t(`add.empty_file`)}:e.size>12e6?{is:`failed`,why:t(`add.big_file`,{size:v(Ot)})}:{is:`waiting`}:{is:`failed`,why:t(`add.bad_file`)}}function It(e){try{let t=new URL(e);return t.protocol===`magnet:`?t.searchParams.get(`dn`)||t.searchParams.get(`xt`)||e:decodeURIComponent(t.pathname.split(`/`).filter(Boolean).at(-1)??``)||t.host}catch{return e}}function Lt(e){if(/^magnet:/i.test(e.name))return`torrent`;let t=e.name.replace(/[?#].*$/,``),n=jt.exec(t)?.[1]?.toLowerCase();return n===`nzb`?`usenet`:n===`torrent`?`torrent`:null}function Rt(e,{store:t,commands:n}){let r=e===null?null:Lt(e);return n.taking(`add`).filter(e=>r===null||t.clients.get(e)?.protocol===r)}async function zt(e,n,r,i){try{let t={...await Vt(e),...r};return n===``?await Bt(e,t,i):{is:`taken`,client:n,id:Ut(await i.source.request(`client/${n}`,`add`,t))}}catch(e){return{is:`failed`,why:e instanceof C?w(e):t(`add.unreadable`)}}}async function Bt(e,n,r){let[i]=Rt(e,r),a=i===void 0?void 0:r.store.clients.get(i)?.bridge;if(i===void 0||a===void 0)return{is:`failed`,why:t(r.store.live?`add.nobody`:`reason.disconnected`)};try{let e=await r.source.request(`bridge/${a}`,`add`,n);return{is:`taken`,client:e?.client??i,id:Ut(e)}}catch(e){if(!(e instanceof C)||e.code!==`forbidden`)throw e;return{is:`taken`,client:i,id:Ut(await r.source.request(`client/${i}`,`add`,n))}}}async function Vt(e){return e.file===null?{url:e.name}:{content:await Ht(e.file),filename:e.name.slice(-255)}}async function Ht(e){let t=new Uint8Array(await e.arrayBuffer()),n=``;for(let e=0;e<t.length;e+=kt)n+=String.fromCharCode(...t.subarray(e,e+kt));return btoa(n)}function Ut(e){return e?.id??null}function Wt(e){let t=t=>String(e.get(t)??``).trim(),n={};for(let e of[`category`,`path`])t(e)!==``&&(n[e]=t(e));let r=Kt(t(`tags`));return r.length>0&&(n.tags=r),e.get(`paused`)!==null&&(n.paused=!0),t(`priority`)!==``&&(n.priority=Number(t(`priority`))),n}function Gt(e,t){let n=e=>String(t.get(e)??``).trim(),r={};n(`category`)!==(e.category??``)&&(r.category=n(`category`));let i=Kt(n(`tags`));i.join(`
`)!==e.tags.join(`
`)&&(r.tags=i);for(let e of[`priority`,`queue_position`])n(e)!==``&&(r[e]=Number(n(e)));for(let e of[`download_limit`,`upload_limit`])n(e)!==``&&(r[e]=Number(n(e))*1e3);return r}function Kt(e){let t=e.split(`,`).map(e=>e.trim());return[...new Set(t.filter(e=>e!==``))]}function qt(e){let t=new Set;for(let{category:n}of e)n&&t.add(n);return[...t].sort((e,t)=>e.localeCompare(t))}var Jt=y`
  :host {
    --width: 38rem;
  }

  form {
    display: contents;
  }

  .content {
    display: grid;
    grid-auto-rows: max-content;
    gap: 1rem;
  }

  .files {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.9rem;
    padding: 0.9rem 1rem;
    border: 1.5px dashed color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));
    border-radius: var(--d2m-radius-large);
    color: var(--d2m-muted);
  }

  .files.over {
    border-color: var(--d2m-accent);
    background: color-mix(in srgb, var(--d2m-accent) 8%, transparent);
  }

  .files .button {
    background: var(--d2m-raised);
    color: var(--d2m-ink);
  }

  .files input {
    display: none;
  }

  .items {
    display: grid;
    grid-auto-rows: max-content;
    border: 1px solid var(--d2m-line);
    border-radius: var(--d2m-radius-large);
    overflow: hidden;
  }

  .items li {
    display: grid;
    grid-template-columns: 1.2rem minmax(0, 1fr) auto;
    gap: 0 0.6rem;
    align-items: center;
    min-height: 2.6rem;
    padding: 0.35rem 0.5rem 0.35rem 0.8rem;
  }

  .items li + li {
    border-top: 1px solid var(--d2m-line);
  }

  .items .label {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .items .outcome {
    grid-column: 2;
    font-size: 0.82rem;
    color: var(--d2m-muted);
    overflow-wrap: anywhere;
  }

  .items svg.icon {
    color: var(--tone, var(--d2m-muted));
  }

  .items .button {
    grid-row: 1 / span 2;
    grid-column: 3;
    min-height: 2rem;
  }

  .items [data-outcome="taken"] {
    --tone: var(--d2m-green);
  }

  .items [data-outcome="failed"] {
    --tone: var(--d2m-red);
  }

  .items [data-outcome="failed"] .outcome {
    color: var(--d2m-red);
  }

  .items [data-outcome="adding"] {
    --tone: var(--d2m-blue);
  }

  .items [data-outcome="adding"] svg.icon:first-child {
    animation: turn 1s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  summary {
    width: fit-content;
    padding: 0.3rem 0.2rem;
    border-radius: 0.3rem;
    font-weight: 500;
    color: var(--d2m-accent);
    cursor: pointer;
  }

  details[open] summary {
    margin-bottom: 0.6rem;
  }

  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5rem;
    padding: 0.8rem 1.4rem 1rem;
    border-top: 1px solid var(--d2m-line);
  }

  footer p {
    margin-inline-end: auto;
    color: var(--d2m-muted);
  }

  .target {
    position: fixed;
    inset: 0;
    z-index: 15;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.3rem;
    margin: 0.75rem;
    border: 3px dashed var(--d2m-accent);
    border-radius: 1rem;
    background: color-mix(in srgb, var(--d2m-surface) 90%, transparent);
    color: var(--d2m-accent);
    text-align: center;
    pointer-events: none;
  }

  .target svg.icon {
    width: 3rem;
    height: 3rem;
  }

  .target b {
    font-size: 1.3rem;
    font-weight: 650;
  }

  .target span {
    color: var(--d2m-muted);
  }

  @media (max-width: 44rem) {
    footer {
      padding: 0.7rem 1.1rem max(0.9rem, env(safe-area-inset-bottom));
    }

    .files span {
      display: none;
    }
  }
`,Yt=[`text/uri-list`,`text/plain`],Xt=class{#e=null;#t=0;constructor(e){this.listener=e}listen(e){this.#e=e;for(let[t,n]of this.#l)e.addEventListener(t,n)}stop(){for(let[e,t]of this.#l)this.#e?.removeEventListener(e,t);this.#e=null}#n=e=>{this.#s(e)&&(this.#t+=1,this.#t===1&&this.listener.onHover(!0),e.preventDefault())};#r=e=>{let t=this.#s(e);(t||e.dataTransfer?.types.includes(`Files`))&&(e.preventDefault(),e.dataTransfer&&(e.dataTransfer.dropEffect=t?`copy`:`none`))};#i=e=>{this.#s(e)&&(this.#t=Math.max(0,this.#t-1),this.#t===0&&this.listener.onHover(!1))};#a=e=>{this.#s(e)&&(e.preventDefault(),this.#t=0,this.listener.onHover(!1),e.dataTransfer&&this.#c(e.dataTransfer))};#o=e=>{let[t]=e.composedPath(),n=t instanceof Element&&t.matches(`input, textarea, select, [contenteditable]`),r=e.clipboardData?.files.length??0;e.clipboardData===null||n&&r===0||!this.listener.mayDrop()||(this.#c(e.clipboardData),r>0&&e.preventDefault())};#s(e){let t=e.dataTransfer?.types??[],[n]=e.composedPath();return!(n instanceof Element&&n.matches(`input, textarea`)&&!t.includes(`Files`))&&(t.includes(`Files`)||t.includes(`text/uri-list`))&&this.listener.mayDrop()}#c(e){let t=[...e.files];if(t.length>0)return this.listener.onFiles(t);let n=Yt.map(t=>e.getData(t)).find(e=>e!==``)??``;this.listener.onText(n.replace(/^#.*$/gm,``).trim())}#l=[[`dragenter`,this.#n],[`dragover`,this.#r],[`dragleave`,this.#i],[`drop`,this.#a],[`paste`,this.#o]]},Zt=[[`-1`,`priority.low`],[`0`,`priority.normal`],[`1`,`priority.high`],[`2`,`priority.first`]],F=class extends j{constructor(...e){super(...e),this.busy=!1,this.#e=null,this.#t=async e=>{if(e.preventDefault(),this.busy)return;let n=Gt(this.#e??this.row,new FormData(this.form));if(Object.keys(n).length===0)return void this.tell(`d2m-close`);let{commands:r,toasts:i}=this.model;this.busy=!0;let a=await r.ask(this.row.client,`set`,{ids:[this.row.id],...n});this.busy=!1,a&&(i.show(`good`,t(`set.saved`)),this.tell(`d2m-close`))},this.#n=e=>{e.key===`Escape`&&(e.stopPropagation(),e.preventDefault(),this.tell(`d2m-close`))}}#e;static{this.styles=[M,xt,y`
      form {
        display: grid;
        gap: 0.9rem;
        margin: 0.2rem 0 0.6rem;
        padding: 0.9rem 1rem 1rem;
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-surface);
      }

      .fields {
        grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr));
      }
    `]}willUpdate(e){super.willUpdate(e),this.#e?.key!==this.row.key&&(this.#e={...this.row})}firstUpdated(){this.form.querySelector(`input, select`)?.focus()}render(){let e=this.#e??this.row,n=qt(this.model.store.downloads.values()),r=e=>h`<label class="field"
        ><span>${t(`fact.${e}`)}</span
        ><span class="with-unit"
          ><input name=${e} type="number" min="0" step="1" inputmode="numeric" /><span aria-hidden="true"
            >${t(`unit.kilobytes_per_second`)}</span
          ></span
        ><span class="hint">${t(`set.limit_hint`)}</span></label
      >`;return h`<form aria-label=${t(`set.title`)} @submit=${this.#t} @keydown=${this.#n}>
      <div class="fields">
        <label class="field"
          ><span>${t(`column.category`)}</span
          ><input name="category" .value=${e.category??``} list="categories" autocomplete="off"
        /></label>
        <label class="field"
          ><span>${t(`column.tags`)}</span><input name="tags" .value=${e.tags.join(`, `)} autocomplete="off" /><span
            class="hint"
            >${t(`set.tags_hint`)}</span
          ></label
        >
        <label class="field"
          ><span>${t(`priority.label`)}</span
          ><select name="priority">
            <option value="">${t(`priority.keep`)}</option>
            ${Zt.map(([e,n])=>h`<option value=${e}>${t(n)}</option>`)}
          </select></label
        >
        <label class="field"
          ><span>${t(`column.queue_position`)}</span
          ><input name="queue_position" type="number" min="1" step="1" inputmode="numeric" /><span class="hint"
            >${t(`set.queue_hint`)}</span
          ></label
        >
        ${r(`download_limit`)} ${e.protocol===`usenet`?``:r(`upload_limit`)}
      </div>
      <datalist id="categories">${n.map(e=>h`<option value=${e}></option>`)}</datalist>
      <div class="feet">
        <button class="button outlined" type="button" @click=${()=>this.tell(`d2m-close`)}>${t(`set.cancel`)}</button>
        <button class="button primary" type="submit" aria-disabled=${this.busy?`true`:`false`}>
          ${t(`set.save`)}
        </button>
      </div>
    </form>`}#t;#n};A([D({attribute:!1})],F.prototype,`row`,void 0),A([k(`form`)],F.prototype,`form`,void 0),A([O()],F.prototype,`busy`,void 0),F=A([E(`d2m-set-form`)],F);var I=class extends j{constructor(...e){super(...e),this.shown=!1,this.closesOutside=!0,this.#e=e=>{e.composedPath().some(e=>e instanceof HTMLDialogElement)||(e.stopImmediatePropagation(),e.key===`Escape`&&this.close())},this.#t=e=>{this.closesOutside&&e.target===this.dialog&&this.close()}}open(){this.shown||(this.shown=!0,addEventListener(`keydown`,this.#e,{capture:!0}),this.updateComplete.then(()=>this.dialog.showModal()))}close(){this.dialog.close()}closed(){this.shown=!1,removeEventListener(`keydown`,this.#e,{capture:!0})}render(){return h`<dialog
      class="over"
      aria-labelledby="heading"
      @close=${this.closed}
      @keydown=${e=>e.stopPropagation()}
      @click=${this.#t}
    >
      ${this.shown?h`<header>
                <h2 id="heading">${this.heading()}</h2>
                <button class="button icon-only close" aria-label=${t(`sheet.close`)} @click=${()=>this.close()}>
                  ${P(`clear`)}
                </button>
              </header>
              ${this.body()}`:o}
    </dialog>`}disconnectedCallback(){super.disconnectedCallback(),removeEventListener(`keydown`,this.#e,{capture:!0})}#e;#t};A([k(`dialog`)],I.prototype,`dialog`,void 0),A([O()],I.prototype,`shown`,void 0);var Qt=y`
  .over {
    width: min(var(--width, 34rem), calc(100vw - 2rem));
    max-width: none;
    overflow: hidden;
  }

  .over[open] {
    display: flex;
    flex-direction: column;
    animation: rise 0.16s ease-out;
  }

  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 0.6rem;
    }
  }

  .over > header {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding: 0.85rem 0.8rem 0.6rem 1.4rem;
  }

  .over > header h2 {
    font-size: 1.1rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }

  .content {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    padding: 0.2rem 1.4rem 1.3rem;
  }

  @media (max-width: 44rem) {
    .over {
      width: 100vw;
      max-height: calc(100dvh - 1.5rem);
      margin: auto 0 0;
      border-width: 1px 0 0;
      border-radius: 1rem 1rem 0 0;
    }

    .over > header {
      padding-inline: 1.1rem 0.6rem;
    }

    .content {
      padding: 0.2rem 1.1rem max(1.2rem, env(safe-area-inset-bottom));
    }
  }
`,L=class extends I{constructor(...e){super(...e),this.page=!1,this.files=[],this.links=[],this.text=``,this.client=``,this.busy=!1,this.hovering=!1,this.closesOutside=!1,this.#e=new Xt({mayDrop:()=>this.model.commands.taking(`add`).length>0,onHover:e=>this.hovering=e,onFiles:e=>this.take(e,``),onText:e=>Nt(e)&&this.take([],e)}),this.#u=async e=>{if(e.preventDefault(),this.busy||this.form===null)return;let t=Wt(new FormData(this.form)),n=this.client;this.busy=!0;for(let e of this.#c())e.outcome={is:`adding`},this.requestUpdate(),e.outcome=await zt(e,n,t,this.model),this.requestUpdate();if(this.busy=!1,!this.shown)return this.#d();await this.updateComplete,this.renderRoot.querySelector(`footer .primary:enabled, footer .button`)?.focus()},this.#f=e=>{e.key===`Enter`&&(e.ctrlKey||e.metaKey)&&this.form?.requestSubmit()}}#e;static{this.styles=[M,Qt,xt,Jt]}connectedCallback(){super.connectedCallback(),this.#e.listen(this.page?window:this.parentElement??this)}disconnectedCallback(){super.disconnectedCallback(),this.#e.stop()}take(e,t){let n=new Set(this.files.map(({file:e})=>`${e?.name} ${e?.size}`)),r=e.filter(e=>!n.has(`${e.name} ${e.size}`));this.files=[...this.files,...r.map(Pt)],t!==``&&this.#l([this.text.trim(),t.trim()].filter(Boolean).join(`
`)),this.open()}open(){!this.shown&&this.client!==``&&!this.model.commands.takes(this.client,`add`)&&(this.client=``),super.open(),this.updateComplete.then(()=>this.area?.focus())}closed(){super.closed(),this.busy||([this.files,this.links,this.text]=[[],[],``])}heading(){return t(`add.title`)}get#t(){return[...this.links,...this.files]}render(){return h`${super.render()}${this.hovering&&!this.shown?h`<div class="target" role="status">
            ${P(`downloading`)}<b>${t(`add.drop_anywhere`)}</b><span>${t(`add.drop_text`)}</span>
          </div>`:o}`}body(){let e=this.#t;return h`<form @submit=${this.#u}>
      <div class="content">
        <label class="field"
          ><span>${t(`add.urls`)}</span
          ><textarea
            name="urls"
            rows="3"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            placeholder=${t(`add.urls_hint`)}
            .value=${this.text}
            ?disabled=${this.busy}
            @input=${e=>this.#l(e.target.value)}
            @keydown=${this.#f}
          ></textarea>
        </label>
        ${this.#n()}
        ${e.length>0?h`<ul class="items" aria-label=${t(`add.items`)}>
                ${e.map(e=>this.#i(e))}
              </ul>`:o}
        <div class="fields">
          ${this.#r()}
          <label class="field"
            ><span>${t(`column.category`)}</span><input name="category" list="categories" autocomplete="off"
          /></label>
          <label class="tick"><input type="checkbox" name="paused" />${t(`add.paused`)}</label>
        </div>
        <details>
          <summary>${t(`add.options`)}</summary>
          <div class="fields">
            <label class="field"
              ><span>${t(`column.tags`)}</span><input name="tags" autocomplete="off" /><span class="hint"
                >${t(`set.tags_hint`)}</span
              ></label
            >
            <label class="field"
              ><span>${t(`priority.label`)}</span
              ><select name="priority">
                <option value="">${t(`priority.usual`)}</option>
                ${Zt.map(([e,n])=>h`<option value=${e}>${t(n)}</option>`)}
              </select></label
            >
            <label class="field wide"
              ><span>${t(`add.path`)}</span><input name="path" autocomplete="off" spellcheck="false" /><span
                class="hint"
                >${t(`add.path_hint`)}</span
              ></label
            >
          </div>
        </details>
        <datalist id="categories">
          ${qt(this.model.store.downloads.values()).map(e=>h`<option value=${e}></option>`)}
        </datalist>
      </div>
      ${this.#s(e)}
    </form>`}#n(){return h`<div class="files ${this.hovering?`over`:``}">
      <button
        class="button outlined"
        type="button"
        ?disabled=${this.busy}
        @click=${()=>this.renderRoot.querySelector(`input[type=file]`)?.click()}
      >
        ${P(`file`)}${t(`add.files`)}</button
      ><span>${t(`add.drop_here`)}</span>
      <input type="file" multiple accept=".torrent,.nzb" aria-label=${t(`add.files`)} @change=${e=>{let t=e.target;this.take([...t.files??[]],``),t.value=``}} />
    </div>`}#r(){let{store:e}=this.model,n=Rt(null,this.model).map(t=>e.clients.get(t));return h`<label class="field"
      ><span>${t(`add.client`)}</span
      ><select name="client" @change=${e=>this.client=e.target.value}>
        <option value="" ?selected=${this.client===``}>${t(`add.automatic`)}</option>
        ${n.map(e=>e&&h`<option value=${e.client} ?selected=${this.client===e.client}>${e.name}</option>`)}
      </select></label
    >`}#i(e){let{outcome:t}=e,n={waiting:e.file?`file`:`metadata`,adding:`refresh`,taken:`completed`,failed:`failed`};return h`<li data-outcome=${t.is}>
      ${P(n[t.is])}
      <span class="label" title=${e.name}>${e.label}</span>
      ${this.#o(e)}
      <span class="outcome">${this.#a(e)}</span>
    </li>`}#a({outcome:e}){switch(e.is){case`waiting`:return this.busy?t(`add.waiting`):``;case`adding`:return t(`add.adding`);case`taken`:return t(`add.taken`,{client:this.model.store.clients.get(e.client)?.name??e.client});case`failed`:return e.why}}#o(e){let{outcome:n}=e,r=n.is===`taken`&&n.id!==null?`${n.client}:${n.id}`:null;return r!==null&&this.model.store.downloads.has(r)?h`<button class="button" type="button" @click=${()=>this.#p(r)}>${t(`add.show`)}</button>`:this.busy||n.is===`taken`||e.file===null?o:h`<button
      class="button icon-only"
      type="button"
      aria-label=${t(`add.drop_item`,{name:e.label})}
      @click=${()=>this.files=this.files.filter(t=>t!==e)}
    >
      ${P(`clear`)}
    </button>`}#s(e){let n=t=>e.filter(({outcome:e})=>e.is===t).length,[r,i]=[n(`taken`),n(`failed`)],a=this.#c().length,o=[r>0?t(`add.done_some`,{count:r}):``,i>0&&!this.busy?t(`add.failed_some`,{count:i}):``],s=r>0&&a===0&&!this.busy,c=a===0?t(`add.submit_none`):t(n(`waiting`)>0?`add.submit`:`add.retry`,{count:a});return h`<footer>
      <p role="status">${o.filter(Boolean).join(` · `)}</p>
      ${s?h`<button class="button primary" type="button" @click=${()=>this.close()}>${t(`add.done`)}</button>`:h`<button class="button outlined" type="button" @click=${()=>this.close()}>
                ${t(r>0?`sheet.close`:`set.cancel`)}
              </button>
              <button class="button primary" type="submit" ?disabled=${this.busy||a===0}>
                ${this.busy?t(`add.adding`):c}
              </button>`}
    </footer>`}#c(){return this.#t.filter(({outcome:e,file:t,name:n})=>e.is===`waiting`||e.is===`failed`&&(t===null?Mt(n)[0]:Pt(t))?.outcome.is===`waiting`)}#l(e){this.text=e;let t=new Map(this.links.map(e=>[e.name,e]));this.links=Mt(e).map(e=>t.get(e.name)??e)}#u;#d(){for(let{label:e,outcome:t}of this.#t)t.is===`failed`&&this.model.toasts.show(`bad`,`${e}: ${t.why}`);this.closed()}#f;#p(e){this.close(),this.model.selection.only(e),this.model.open(e)}};A([D({type:Boolean})],L.prototype,`page`,void 0),A([O()],L.prototype,`files`,void 0),A([O()],L.prototype,`links`,void 0),A([O()],L.prototype,`text`,void 0),A([O()],L.prototype,`client`,void 0),A([O()],L.prototype,`busy`,void 0),A([O()],L.prototype,`hovering`,void 0),A([k(`form`)],L.prototype,`form`,void 0),A([k(`textarea`)],L.prototype,`area`,void 0),L=A([E(`d2m-add-dialog`)],L);var $t=[{keys:[`/`],does:`key.search`,sends:`d2m-search`},{keys:[`?`],does:`key.help`,sends:`d2m-help`},{keys:[`n`],does:`key.add`,sends:`d2m-add`},{keys:[`r`],does:`key.resume`,sends:`d2m-verb`,detail:`resume`},{keys:[`p`],does:`key.pause`,sends:`d2m-verb`,detail:`pause`},{keys:[`c`],does:`key.recheck`,sends:`d2m-verb`,detail:`recheck`},{keys:[`Delete`,`Backspace`],does:`key.remove`,sends:`d2m-verb`,detail:`remove`},{keys:[`Escape`],does:`key.escape`,sends:`d2m-escape`},{keys:[`↑`,`↓`],does:`key.move`},{keys:[`↑`,`↓`],does:`key.extend`,held:`Shift`},{keys:[`Space`],does:`key.toggle`},{keys:[`A`],does:`key.all`,held:`Ctrl`},{keys:[`Enter`],does:`key.open`}];function en(e){if(e.ctrlKey||e.metaKey||e.altKey||e.defaultPrevented)return;let[t]=e.composedPath();if(!(t instanceof Element&&t.closest(`input, select, textarea, dialog, [contenteditable], [popover]`)))return $t.find(t=>t.sends!==void 0&&t.keys.includes(e.key))}function tn(e,t){return!e.live||!e.broker?`unheard`:t.available?`good`:t.state===`starting`&&!an(e,t)?`starting`:`bad`}function nn(e,n){let r=rn(e,n);if(!e.live)return`${t(`client.as_last_known`)} · ${r}`;if(!e.broker)return`${t(`client.not_heard`)} · ${r}`;if(an(e,n))return`${t(`client.no_bridge`,{bridge:n.bridge})} · ${r}`;if(n.available)return`${t(`client.online`)} · ${r}`;if(n.state===`starting`)return t(`client.starting`);let i=t(`client.for`,{time:g(Math.max(0,(e.now()-Date.parse(n.since))/1e3))});return[n.state===`online`?t(`client.not_heard`):t(`client.${n.state}`),n.error,i,r].filter(Boolean).join(` · `)}function rn(e,n){let r=e.answered(n);if(r===0)return t(`client.never`);let i=(e.now()-r)/1e3;return i<5?t(`client.just_now`):t(`client.ago`,{time:g(i)})}function an(e,t){return e.bridges.get(t.bridge)?.state!==`online`}var on=class extends j{constructor(...e){super(...e),this.clients=!1}static{this.styles=[M,y`
      :host {
        display: block;
      }

      .banner {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        padding: 0.45rem 1rem;
        font-size: 0.88rem;
        background: color-mix(in srgb, var(--d2m-amber) 15%, var(--d2m-surface));
        border-bottom: 1px solid color-mix(in srgb, var(--d2m-amber) 35%, var(--d2m-surface));
      }

      svg {
        color: var(--d2m-amber);
      }

      .text {
        flex: 1;
        min-width: 0;
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        overflow-wrap: anywhere;
      }

      .button {
        min-height: 1.8rem;
      }
    `]}render(){let{store:e}=this.model;if(!e.ready)return o;if(!e.live)return this.#e(t(`banner.lost`),this.#t(),!0);if(!e.broker)return this.#e(t(`banner.no_broker`),t(`banner.no_broker_then`));let n=[...e.bridges.values()].filter(e=>e.state!==`online`);if(n.length>0){let e=n.map(e=>e.bridge).join(`, `);return this.#e(t(`banner.no_bridge`,{count:n.length,names:e}),t(`banner.no_bridge_then`))}if(!this.clients)return o;let r=[...e.clients.values()].filter(t=>tn(e,t)===`bad`),[i]=r;return i===void 0?o:r.length>1?this.#e(t(`banner.clients`,{count:r.length,names:r.map(e=>e.name).join(`, `)}),``):this.#e(`${i.name}:`,nn(e,i))}#e(e,n,r=!1){return h`<div class="banner" id="banner">
      ${P(`attention`)}
      <p class="text"><strong role="status">${e}</strong> ${n}</p>
      ${r?h`<button class="button outlined" @click=${()=>this.model.source.retry()}>
              ${t(`banner.retry`)}
            </button>`:o}
    </div>`}#t(){let{store:e}=this.model,n=t(`banner.from`,{time:p(e.lastTold)});if(e.link.phase!==`waiting`)return`${n} ${t(`banner.trying`)}`;let r=Math.max(1,(e.link.retryAt-Date.now())/1e3);return`${n} ${t(`banner.next_try`,{time:g(r)})}`}};A([D({type:Boolean})],on.prototype,`clients`,void 0),on=A([E(`d2m-banner`)],on);var sn={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},cn=e=>(...t)=>({_$litDirective$:e,values:t}),ln=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:un}=f,dn=e=>e,fn=()=>document.createComment(``),R=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new un(r.insertBefore(fn(),i),r.insertBefore(fn(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=dn(e).nextSibling;dn(r).insertBefore(e,i),e=t}}}return n},z=(e,t,n=e)=>(e._$AI(t,n),e),pn={},mn=(e,t=pn)=>e._$AH=t,hn=e=>e._$AH,B=e=>{e._$AR(),e._$AA.remove()},gn=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},_n=cn(class extends ln{constructor(e){if(super(e),e.type!==sn.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=hn(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let c=this.ut??=[],l=[],u,d,f=0,p=i.length-1,m=0,h=a.length-1;for(;f<=p&&m<=h;)if(i[f]===null)f++;else if(i[p]===null)p--;else if(c[f]===o[m])l[m]=z(i[f],a[m]),f++,m++;else if(c[p]===o[h])l[h]=z(i[p],a[h]),p--,h--;else if(c[f]===o[h])l[h]=z(i[f],a[h]),R(e,l[h+1],i[f]),f++,h--;else if(c[p]===o[m])l[m]=z(i[p],a[m]),R(e,i[f],i[p]),p--,m++;else if(u===void 0&&(u=gn(o,m,h),d=gn(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(o[m]),n=t===void 0?null:i[t];if(n===null){let t=R(e,i[f]);z(t,a[m]),l[m]=t}else l[m]=z(n,a[m]),R(e,i[f],n),i[t]=null;m++}else B(i[p]),p--}else B(i[f]),f++;for(;m<=h;){let t=R(e,l[h+1]);z(t,a[m]),l[m++]=t}for(;f<=p;){let e=i[f++];e!==null&&B(e)}return this.ut=o,mn(e,l),s}}),V=cn(class extends ln{#e={};constructor(e){if(super(e),e.type!==sn.ELEMENT)throw Error(`vars() stands where attributes stand`)}render(e){return s}update(e,[t]){let{style:n}=e.element;for(let[e,r]of Object.entries(t))this.#e[e]!==r&&n.setProperty(e,`${r}`);return this.#e=t,s}}),vn=new Set([`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`eta`,`ratio`,`seeds`,`peers`,`queue_position`]);function yn(e){return e.stage===null||x(e)!==`processing`?t(`state.${x(e)}`):t(`stage.${e.stage}`)}function bn(e){let n=e.progress!==null;return h`<span
    class="bar"
    role="progressbar"
    aria-label=${t(`grid.progress_of`,{name:e.name})}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${n?e.progress:o}
    aria-valuetext=${n?m(e.progress):t(`grid.progress_unknown`)}
    ><span class="fill" ${V({"--done":(e.progress??0)/100})}></span
  ></span>`}function xn(e,t){return e.store.clients.get(t.client)?.name??t.client}function Sn(e){let t=e.error??e.warning;return t===null?o:h`<span class="note" title=${t}>${t}</span>`}function Cn(e,n,i,o){switch(e){case`name`:return h`<span class="name" title=${n.name}>${n.name}</span>${Sn(n)}`;case`state`:return h`<span class="state">${P(x(n))}<span class="word">${yn(n)}</span></span>`;case`progress`:return h`${bn(n)}<span class="percent">${m(n.progress)}</span>`;case`size`:case`downloaded`:case`uploaded`:return v(n[e]);case`download_rate`:case`upload_rate`:return o&&n[e]?_(n[e]):``;case`eta`:return o?g(n.eta):``;case`ratio`:return a(n.ratio);case`seeds`:case`peers`:case`queue_position`:return d(n[e]);case`client`:return xn(i,n);case`category`:return n.category??``;case`tags`:return h`${n.tags.map(e=>h`<span class="tag">${e}</span>`)}`;case`added_at`:case`completed_at`:return h`<span title=${r(n[e])}>${u(n[e],i.store.now())}</span>`;case`protocol`:return t(`protocol.${n.protocol}`);case`path`:return h`<span title=${n.path??``}>${n.path??``}</span>`}}function wn(e,t,n){let r=v(e.size),[i,a]=n?[e.download_rate,e.upload_rate]:[null,null],s=n&&e.eta!==null&&x(e)!==`seeding`?g(e.eta):``;return h`
    <span class="first">
      <span class="state">${P(x(e))}</span>
      <span class="name">${e.name}</span>
      <span class="percent">${m(e.progress)}</span>
    </span>
    ${bn(e)}
    <span class="last">
      <span class="word">${yn(e)}</span>
      <span class="about">${xn(t,e)}${r&&` · ${r}`}</span>
      ${Sn(e)} ${i?h`<span class="rate down">${_(i)}</span>`:o}
      ${a&&!i?h`<span class="rate up">${_(a)}</span>`:o}
      ${s&&i?h`<span class="left">${s}</span>`:o}
    </span>
  `}var Tn=y`
  .name {
    flex: 0 1 auto;
    min-width: 6rem;
    font-weight: 500;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .note {
    flex: 1 1 0;
    min-width: 0;
    color: var(--d2m-amber);
    font-size: 0.8rem;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .cell > .name:has(+ .note) {
    max-width: 65%;
  }

  .name,
  .note,
  .tag {
    unicode-bidi: isolate;
  }

  .bad .note {
    color: var(--d2m-red);
  }

  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-width: 0;
    color: var(--tone);
  }

  .state .word {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .bar {
    display: block;
    flex: 1;
    height: 0.375rem;
    border-radius: 0.2rem;
    background: var(--d2m-track);
    overflow: hidden;
  }

  .fill {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--tone);
    transform: translateX(calc((var(--done, 0) - 1) * 100%));
    transition: transform 0.45s ease-out;
  }

  .percent {
    flex: none;
    min-width: 3.4rem;
    text-align: end;
    font-size: 0.8rem;
    font-variant-numeric: tabular-nums;
  }

  .tag {
    flex: 0 1 auto;
    min-width: 1.5rem;
    padding: 0.05rem 0.4rem;
    border-radius: 0.3rem;
    background: var(--d2m-sunken);
    color: var(--d2m-muted);
    font-size: 0.78rem;
  }

  .cell[data-column="tags"] {
    gap: 0.25rem;
  }

  .card {
    display: grid;
    gap: 0.4rem;
    min-width: 0;
  }

  .card .bar {
    width: 100%;
  }

  .first,
  .last {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
    white-space: nowrap;
  }

  .first .name {
    flex: 1;
  }

  .first .percent {
    min-width: 0;
  }

  .last {
    font-size: 0.78rem;
    color: var(--d2m-muted);
  }

  .last .word {
    color: var(--tone);
    font-weight: 500;
  }

  .last .about {
    flex: 1 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .last .note {
    flex: 2 1 auto;
  }

  .rate,
  .left {
    font-variant-numeric: tabular-nums;
  }

  .rate.down {
    color: var(--d2m-blue);
  }

  .rate.up {
    color: var(--d2m-green);
  }

  .rate.down::before {
    content: "↓ ";
  }

  .rate.up::before {
    content: "↑ ";
  }
`,En=y`
  .scroller {
    position: absolute;
    inset: 0;
    overflow: auto;
    overscroll-behavior: contain;
    outline-offset: -2px;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--d2m-muted) 45%, transparent) transparent;
    --row-height: var(--d2m-row);
  }

  .probe {
    position: absolute;
    visibility: hidden;
    width: var(--d2m-unit);
    height: var(--d2m-row);
  }

  :host([phone]) .scroller {
    --row-height: var(--d2m-row-phone);
  }

  :host([phone]) .probe {
    height: var(--d2m-row-phone);
  }

  .heads {
    position: sticky;
    top: 0;
    z-index: 2;
    min-width: var(--least);
    background: var(--d2m-surface);
    border-bottom: 1px solid var(--d2m-line);
    color: var(--d2m-muted);
    font-size: 0.8rem;
  }

  :host([phone]) .heads {
    width: 0;
    min-width: 0;
    height: 0;
    overflow: hidden;
    border: 0;
  }

  .body {
    min-width: var(--least);
    height: calc(var(--rows) * var(--row-height));
    padding-top: calc(var(--first) * var(--row-height));
    overflow: clip;
  }

  .row {
    --tone: var(--d2m-grey);
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    height: var(--row-height);
    padding-inline-end: 0.75rem;
    border-bottom: 1px solid color-mix(in srgb, var(--d2m-line) 55%, transparent);
    contain: layout style;
    cursor: default;
  }

  .row.head {
    height: 2rem;
    border: 0;
  }

  .body .row:hover {
    background: color-mix(in srgb, var(--d2m-ink) 3.5%, transparent);
  }

  .row[aria-selected="true"],
  .row[aria-selected="true"]:hover {
    background: color-mix(in srgb, var(--d2m-accent) 12%, transparent);
  }

  .scroller:focus-visible .row.active {
    box-shadow: inset 0 0 0 2px color-mix(in srgb, var(--d2m-accent) 75%, transparent);
  }

  .scroller:focus-visible:has(.row.active) {
    outline: none;
  }

  .row[data-state="downloading"] {
    --tone: var(--d2m-blue);
  }

  .row[data-state="seeding"],
  .row[data-state="completed"] {
    --tone: var(--d2m-green);
  }

  .row[data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  .row[data-state="failed"] {
    --tone: var(--d2m-red);
  }

  .row[data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  .row[data-state="checking"],
  .row[data-state="metadata"] {
    --tone: var(--d2m-teal);
  }

  .row.old {
    --tone: var(--d2m-grey);
    color: var(--d2m-muted);
  }

  .row.old .note {
    color: inherit;
  }

  .row.old .fill {
    opacity: 0.55;
  }

  .cell {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
    height: 100%;
    padding-inline: 0.5rem;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    position: relative;
  }

  .cell > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .figure {
    justify-content: flex-end;
    font-variant-numeric: tabular-nums;
  }

  .cell:is(
    [data-column="client"],
    [data-column="category"],
    [data-column="size"],
    [data-column="ratio"],
    [data-column="added_at"],
    [data-column="completed_at"],
    [data-column="path"],
    [data-column="protocol"],
    [data-column="seeds"],
    [data-column="peers"],
    [data-column="eta"]
  ) {
    color: var(--d2m-muted);
  }

  .cell:is([data-column="client"], [data-column="category"], [data-column="path"]) {
    display: block;
    line-height: var(--row-height);
  }

  .head .cell {
    overflow: visible;
  }

  .sort {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
    max-width: 100%;
    height: 1.6rem;
    padding-inline: 0.35rem;
    margin-inline: -0.35rem;
    border-radius: 0.35rem;
    overflow: hidden;
  }

  .sort .label {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .sort svg.icon {
    width: 0.8rem;
    height: 0.8rem;
    stroke-width: 2.4;
  }

  .sort:hover,
  [aria-sort]:not([aria-sort="none"]) .sort {
    color: var(--d2m-ink);
  }

  [aria-sort]:not([aria-sort="none"]) .sort {
    font-weight: 600;
  }

  .grip {
    position: absolute;
    inset-block: 0.35rem;
    inset-inline-end: -0.3rem;
    width: 0.6rem;
    cursor: col-resize;
    touch-action: none;
    z-index: 1;
  }

  .cell > .grip {
    overflow: visible;
  }

  .grip::after {
    content: "";
    position: absolute;
    inset-block: 0;
    inset-inline-start: 50%;
    border-inline-start: 1px solid transparent;
  }

  .heads:hover .grip::after {
    border-color: var(--d2m-line);
  }

  .grip:hover::after {
    border-color: var(--d2m-accent) !important;
  }

  .check {
    display: grid;
    place-items: center;
    align-self: stretch;
    padding-inline-start: 0.5rem;
  }

  .body .check svg {
    width: 1rem;
    height: 1rem;
    padding: 0.1rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 60%, transparent);
    border-radius: 0.25rem;
    stroke-width: 3.5;
    stroke: transparent;
    opacity: 0;
  }

  .row:hover .check svg,
  :host([selecting]) .check svg,
  .row[aria-selected="true"] .check svg {
    opacity: 1;
  }

  .row[aria-selected="true"] .check svg {
    background: var(--d2m-accent);
    border-color: var(--d2m-accent);
    stroke: var(--d2m-on-accent);
  }

  :host([phone]) .row {
    grid-template-columns: minmax(0, 1fr);
    padding-inline: 0.9rem;
  }

  :host([phone]) .check {
    display: none;
  }

  :host([phone][selecting]) .row {
    grid-template-columns: 2rem minmax(0, 1fr);
  }

  :host([phone][selecting]) .check {
    display: grid;
    padding: 0;
    justify-items: start;
  }

  @media (hover: none) {
    .body .row:hover:not([aria-selected="true"]) {
      background: none;
    }
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .fill {
      background: CanvasText;
    }

    .row[aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`,H=class extends ee{constructor(...e){super(...e),this.items=[],this.place={x:0,y:0},this.#n=e=>{e.stopPropagation();let t=[...this.renderRoot.querySelectorAll(`button`)],n=t.indexOf(this.renderRoot.activeElement),r={ArrowDown:1,ArrowUp:-1}[e.key];r!==void 0&&(e.preventDefault(),t[(n+r+t.length)%t.length]?.focus())}}static{this.styles=[M,y`
      [popover] {
        position: fixed;
        inset: min(var(--y), calc(100dvh - 14rem)) auto auto clamp(0.5rem, var(--x), calc(100vw - 17rem));
        min-width: 13rem;
        max-width: 16rem;
        margin: 0;
        padding: 0.3rem;
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-raised);
        color: var(--d2m-ink);
        box-shadow: var(--d2m-shadow);
      }

      .button {
        width: 100%;
        justify-content: flex-start;
        font-weight: 400;
        overflow: hidden;
        text-overflow: ellipsis;
      }

      .button svg {
        color: var(--d2m-muted);
      }

      .danger svg {
        color: inherit;
      }
    `]}get#e(){return this.renderRoot.querySelector(`[popover]`)}render(){return h`<div
      popover="auto"
      role="menu"
      ${V({"--x":`${this.place.x}px`,"--y":`${this.place.y}px`})}
      @keydown=${this.#n}
      @toggle=${e=>e.newState===`closed`&&this.remove()}
    >
      ${this.items.map(e=>h`<button class="button ${e.danger?`danger`:``}" role="menuitem" @click=${()=>this.#t(e)}>
            ${e.sign?P(e.sign):``}${e.label}
          </button>`)}
    </div>`}firstUpdated(){this.#e?.showPopover(),this.renderRoot.querySelector(`button`)?.focus()}#t(e){this.#e?.hidePopover(),e.press()}#n};A([D({attribute:!1})],H.prototype,`items`,void 0),A([D({attribute:!1})],H.prototype,`place`,void 0),H=A([E(`d2m-menu`)],H);function Dn(e,t){let{left:n,bottom:r}=e.getBoundingClientRect();On(e.getRootNode(),{x:n,y:r+4},t)}function On(e,t,n){let r=new H;r.items=n,r.place=t,(e instanceof Document?e.body:e).append(r)}var kn=class{constructor(e){this.host=e,this.onClick=e=>{let t=jn(e);if(t===null)return;let{selection:n,listing:r}=this.host.model,i=e.pointerType===`touch`||this.host.phone;e.shiftKey?n.extend(r.rows,t):e.ctrlKey||e.metaKey||Mn(e)||i&&(this.host.selecting||n.size>0)?n.toggle(t):i?(n.move(t),this.host.model.open(t)):(n.only(t),this.host.model.opened!==null&&this.host.model.open(t)),this.host.model.touch()},this.onDouble=e=>{let t=jn(e);t!==null&&!Mn(e)&&this.host.model.open(t)},this.onMenu=e=>{let n=jn(e),{commands:r,selection:i}=this.host.model;if(n===null||!r.allowed())return;i.has(n)||i.only(n),this.host.model.touch();let a=[...i.keys].flatMap(e=>this.host.model.store.downloads.get(e)??[]);if(!r.allowed(a.map(e=>e.client)))return;e.preventDefault();let o=we.filter(e=>r.fitting(e,a).length>0).map(e=>({label:t(`verb.${e}`),sign:e===`reannounce`?`refresh`:e,danger:e===`remove`,press:()=>this.host.tell(`d2m-verb`,e)}));o.length>0&&On(this.host.renderRoot,{x:e.clientX,y:e.clientY},o)},this.onKey=e=>{if(e.altKey||Nn(e))return;let{rows:t}=this.host.model.listing,{selection:n}=this.host.model,r=t.findIndex(e=>e.key===n.active),i=Math.max(1,this.host.rowsInView-2),a={ArrowDown:1,ArrowUp:-1,PageDown:i,PageUp:-i}[e.key]??(e.key===`Home`?-1/0:e.key===`End`?1/0:null);if(a!==null)this.#e(Math.min(t.length-1,Math.max(0,(r<0&&a>0&&a!==1/0?-1:r)+a)),e);else if(e.key===` `&&n.active!==null)n.toggle(n.active);else if(e.key.toLowerCase()===`a`&&(e.ctrlKey||e.metaKey))n.all(t);else if(e.key===`Enter`&&n.active!==null)this.host.model.open(n.active);else return;e.preventDefault(),this.host.model.touch()}}#e(e,t){let n=this.host.model.listing.rows[e];n!==void 0&&(t.shiftKey?this.host.model.selection.extend(this.host.model.listing.rows,n.key):t.ctrlKey||t.metaKey?this.host.model.selection.move(n.key):this.host.model.selection.only(n.key),this.host.model.opened!==null&&this.host.model.open(n.key),this.host.reveal(e))}};function An(e){return e.target.closest(`[data-key]`)}function jn(e){return An(e)?.dataset.key??null}function Mn(e){return e.target.closest(`[data-check]`)!==null}function Nn(e){return e.target.closest(`.heads`)!==null}var Pn=2.25,Fn=4,In=6,U=class extends j{constructor(...e){super(...e),this.phone=!1,this.selecting=!1,this.#e=38,this.#t=new kn(this),this.#n=0,this.#r=60,this.#i=new ResizeObserver(()=>this.#d()),this.#f=()=>{let{scrollTop:e,clientHeight:t}=this.scroller,n=Math.max(0,Math.floor(e/this.#e)-In),r=Math.ceil((e+t)/this.#e)+In;(n!==this.#n||r!==this.#r)&&([this.#n,this.#r]=[n,r],this.requestUpdate())}}#e;#t;#n;#r;#i;static{this.styles=[M,En,Tn,y`
      :host {
        display: block;
        position: relative;
        min-height: 0;
        overflow: hidden;
      }
    `]}focus(){this.scroller.focus()}firstUpdated(){this.#i.observe(this.scroller),this.#i.observe(this.probe)}disconnectedCallback(){super.disconnectedCallback(),this.#i.disconnect()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.firstUpdated()}updated(e){e.has(`phone`)&&this.#d()}render(){let{listing:e,selection:n}=this.model,r=e.rows,i=Math.min(this.#n,Math.max(0,r.length-1)),a=r.slice(i,this.#r),s=a.findIndex(e=>e.key===n.active);return h`
      <div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${t(`grid.label`)}
        aria-multiselectable="true"
        aria-rowcount=${r.length+1}
        aria-colcount=${this.phone?1:this.#a.length}
        aria-activedescendant=${s<0?o:`row-${i+s}`}
        ${V({"--columns":this.#o(),"--least":this.#s(),"--rows":r.length,"--first":i})}
        @scroll=${this.#f}
        @keydown=${this.#t.onKey}
      >
        <div class="heads" role="rowgroup">${this.#c()}</div>
        <div
          class="body"
          role="rowgroup"
          @click=${this.#t.onClick}
          @dblclick=${this.#t.onDouble}
          @contextmenu=${this.#t.onMenu}
        >
          ${_n(a,e=>e.key,(e,t)=>this.#u(e,i+t))}
        </div>
      </div>
      <div class="probe" aria-hidden="true"></div>
    `}get#a(){return this.model.columns.shown}#o(){let{columns:e}=this.model,t=this.#a.map(t=>{let n=e.width(t),r=t===`name`?n*Fn:e.isResized(t)?0:n;return`minmax(${Ln(n)}, ${r}fr)`});return[Ln(Pn),...t].join(` `)}#s(){return this.phone?`0`:Ln(this.model.columns.total+Pn+.75)}#c(){return h`<div class="row head" role="row" aria-rowindex="1">
      <span class="check"></span>
      ${this.phone?h`<span role="columnheader" class="unseen">${t(`column.name`)}</span>`:this.#a.map((e,t)=>this.#l(e,t))}
    </div>`}#l(e,n){let{sort:r}=this.model.listing,i=r.by===e,a=i?r.direction>0?`ascending`:`descending`:`none`;return h`<span
      class="cell ${vn.has(e)?`figure`:``}"
      role="columnheader"
      aria-colindex=${n+1}
      aria-sort=${a}
    >
      <button class="sort" title=${t(`grid.sort_hint`)} @click=${()=>this.model.sortBy(e)}>
        <span class="label">${t(`column.${e}`)}</span>${i?P(r.direction>0?`up`:`down`):o}
      </button>
      ${e===`name`?o:h`<span
              class="grip"
              aria-hidden="true"
              @pointerdown=${t=>this.#p(t,e)}
              @dblclick=${()=>this.#m(e,null)}
            ></span>`}
    </span>`}#u(e,n){let{selection:r,store:i}=this.model,a=i.available(e.client),s=[`row`,a?``:`old`,r.active===e.key?`active`:``,e.error===null?``:`bad`,e.error===null&&e.warning!==null?`warned`:``];return h`<div
      class=${s.join(` `)}
      role="row"
      id=${`row-${n}`}
      data-key=${e.key}
      data-state=${x(e)}
      aria-rowindex=${n+2}
      aria-selected=${r.has(e.key)?`true`:`false`}
      aria-description=${a?o:t(`grid.as_last_known`)}
    >
      <span class="check" data-check>${P(`check`)}</span>
      ${this.phone?h`<span class="card" role="gridcell">${wn(e,this.model,a)}</span>`:this.#a.map((t,n)=>h`<span
                  class="cell ${vn.has(t)?`figure`:``}"
                  data-column=${t}
                  role="gridcell"
                  aria-colindex=${n+1}
                  >${Cn(t,e,this.model,a)}</span
                >`)}
    </div>`}get rowsInView(){return Math.floor(this.scroller.clientHeight/this.#e)}#d(){let{height:e}=this.probe.getBoundingClientRect();e>0&&(this.#e=e),this.#f(),this.requestUpdate()}#f;reveal(e){let{scroller:t}=this,n=t.clientHeight-(t.querySelector(`.heads`)?.offsetHeight??0),r=e*this.#e;r<t.scrollTop?t.scrollTop=r:r+this.#e>t.scrollTop+n&&(t.scrollTop=r+this.#e-n)}#p(e,t){e.preventDefault();let n=e.currentTarget,r=this.probe.getBoundingClientRect().width||16,[i,a]=[e.clientX,this.model.columns.width(t)],o=e=>this.#m(t,a+(e.clientX-i)/r);n.setPointerCapture(e.pointerId),n.addEventListener(`pointermove`,o),n.addEventListener(`lostpointercapture`,()=>n.removeEventListener(`pointermove`,o),{once:!0})}#m(e,t){this.model.columns.resize(e,t),this.model.touch()}};A([D({type:Boolean,reflect:!0})],U.prototype,`phone`,void 0),A([D({type:Boolean,reflect:!0})],U.prototype,`selecting`,void 0),A([k(`.scroller`)],U.prototype,`scroller`,void 0),A([k(`.probe`)],U.prototype,`probe`,void 0),U=A([E(`d2m-download-grid`)],U);function Ln(e){return`calc(${e} * var(--d2m-unit))`}var Rn=`mqtt:
  url: mqtt://192.168.1.10:1883`,zn=`downloads2mqtt run`,Bn=`clients:
  seedbox:
    kind: qbittorrent
    url: http://192.168.1.10:8080
    username: me
    password: !secret seedbox`,Vn=class extends j{static{this.styles=[M,y`
      :host {
        display: grid;
        place-content: center;
        overflow: auto;
        padding: 2rem 1.5rem;
        text-align: center;
        color: var(--d2m-muted);
      }

      .inner {
        display: grid;
        justify-items: center;
        gap: 0.6rem;
        max-width: 34rem;
      }

      h2 {
        font-size: 1.2rem;
        font-weight: 650;
        letter-spacing: -0.01em;
        color: var(--d2m-ink);
      }

      pre {
        max-width: 100%;
        margin: 0.4rem 0;
        padding: 0.8rem 1.1rem;
        overflow-x: auto;
        text-align: start;
        font: 0.9rem/1.5 var(--d2m-mono);
        color: var(--d2m-ink);
        background: var(--d2m-sunken);
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius);
      }

      .button {
        margin-top: 0.5rem;
      }
    `]}render(){let{store:e,filter:n}=this.model,r=(e,t,n=``,r=``)=>h`<div class="inner" id="empty">
        <h2>${e}</h2>
        <p>${t}</p>
        ${n?h`<pre tabindex="0">${n}</pre>`:o}${r?h`<p>${r}</p>`:o}
        <slot></slot>
      </div>`;return e.link.phase===`login`?r(t(`empty.login`),t(e.link.form?`empty.login_text`:`empty.login_elsewhere`)):e.ready?e.downloads.size>0&&je(n)?h`<div class="inner" id="empty">
        <h2>${t(`empty.filtered`)}</h2>
        <p>${t(`empty.filtered_text`)}</p>
        <button class="button outlined" @click=${()=>this.model.showEverything()}>${t(`empty.show_all`)}</button>
      </div>`:e.broker?e.bridges.size===0?r(t(`empty.no_bridge`),t(`empty.no_bridge_text`),zn,t(`empty.no_bridge_after`)):e.clients.size===0?r(t(`empty.no_client`),t(`empty.no_client_text`),Bn,t(`empty.no_client_after`)):r(t(`empty.quiet`),t(`empty.quiet_text`)):r(t(`empty.no_broker`),t(`empty.no_broker_text`),Rn):e.link.phase===`waiting`?r(t(`empty.no_relay`),t(`empty.no_relay_text`)):r(t(`empty.connecting`),t(`empty.connecting_text`))}};Vn=A([E(`d2m-empty-state`)],Vn);var Hn=class extends j{static{this.styles=[M,y`
      :host {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        padding: 0.4rem 0.5rem 0.1rem 0.6rem;
      }

      .chips {
        display: flex;
        flex: 1;
        gap: 0.15rem;
        min-width: 0;
        overflow-x: auto;
        scrollbar-width: none;
      }

      .chips button {
        flex: none;
        min-height: 2.1rem;
        padding: 0 0.65rem;
        border-radius: 1.1rem;
        color: var(--d2m-muted);
        white-space: nowrap;
      }

      .chips button[aria-pressed="true"] {
        background: color-mix(in srgb, var(--d2m-accent) 13%, transparent);
        color: var(--d2m-accent);
        font-weight: 600;
      }

      .chips [data-group="failed"]:not(.none) {
        color: var(--d2m-red);
      }

      .chips span {
        font-size: 0.85em;
        font-variant-numeric: tabular-nums;
      }

      .filters {
        position: relative;
        flex: none;
      }

      .filters[data-mark]::after {
        content: "";
        position: absolute;
        inset: 0.45rem 0.45rem auto auto;
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--d2m-accent);
        border: 2px solid var(--d2m-surface);
        box-sizing: content-box;
      }

      .filters[data-mark="bad"]::after {
        background: var(--d2m-red);
      }
    `]}render(){let{listing:e,filter:n,store:r}=this.model,i=[...e.counts.state.values()].reduce((e,t)=>e+t,0),a=[...r.clients.values()].some(e=>tn(r,e)===`bad`),s=T.some(e=>e!==`state`&&n[e].size>0);return h`
      <div class="chips" role="group" aria-label=${t(`facet.state`)}>
        ${this.#e(`all`,i,n.state.size===0,()=>this.model.narrow({state:new Set}))}
        ${ae.map(t=>{let r=ce(t),i=r.reduce((t,n)=>t+(e.counts.state.get(n)??0),0),a=n.state.size===r.length&&r.every(e=>n.state.has(e));return this.#e(t,i,a,()=>this.model.choose(`state`,r,!1))})}
      </div>
      <button
        class="button icon-only filters"
        data-mark=${a?`bad`:s?`on`:o}
        aria-label=${t(`filter.label`)}
        @click=${()=>this.tell(`d2m-filters`)}
      >
        ${P(`filter`)}
      </button>
    `}#e(e,n,r,i){return h`<button
      class=${n===0?`none`:``}
      data-group=${e}
      aria-pressed=${r?`true`:`false`}
      @click=${i}
    >
      ${t(`group.${e}`)} <span>${d(n)}</span>
    </button>`}};Hn=A([E(`d2m-group-chips`)],Hn);var Un=5,W=class extends j{constructor(...e){super(...e),this.rows=[],this.deleting=[],this.#t=()=>{let{commands:e}=this.model,t=e.fitting(`remove`,this.rows),n=new Set(e.deletable(this.deleting));e.run(`remove`,t.filter(e=>n.has(e)),{delete_data:!0}),e.run(`remove`,t.filter(e=>!n.has(e))),this.rows=this.deleting=[]}}static{this.styles=[M,y`
      form {
        display: grid;
        gap: 0.9rem;
        width: min(28rem, calc(100vw - 2rem));
        padding: 1.25rem 1.4rem 1.1rem;
      }

      h2 {
        font-size: 1.1rem;
        font-weight: 650;
      }

      ul {
        display: grid;
        gap: 0.2rem;
        padding: 0.6rem 0.8rem;
        border-radius: var(--d2m-radius);
        background: var(--d2m-sunken);
      }

      li {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      p,
      .others {
        color: var(--d2m-muted);
      }

      label {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }

      input {
        width: 1.05rem;
        height: 1.05rem;
        accent-color: var(--d2m-red);
      }

      .warning {
        color: var(--d2m-red);
      }

      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0.5rem;
      }
    `]}ask(e){e.length!==0&&(this.rows=e,this.deleting=[],this.updateComplete.then(()=>this.dialog.showModal()))}willUpdate(){if(this.deleting.length===0)return;let e=new Set(this.model.commands.deletable(this.rows)),t=this.deleting.filter(t=>e.has(t));t.length<e.size?this.deleting=[]:t.length<this.deleting.length&&(this.deleting=t)}render(){let{rows:e}=this,n=e.length-Un;return h`<dialog aria-labelledby="title" @keydown=${e=>e.stopPropagation()}>
      <form method="dialog" @submit=${this.#t}>
        <h2 id="title">${t(`remove.title`,{count:e.length})}</h2>
        <ul>
          ${e.slice(0,Un).map(e=>h`<li title=${e.name}>${e.name}</li>`)}
          ${n>0?h`<li class="others">${t(`remove.others`,{count:n})}</li>`:o}
        </ul>
        ${this.#e()}
        <footer>
          <button class="button outlined" type="button" @click=${()=>this.dialog.close()}>
            ${t(`remove.cancel`)}
          </button>
          <button class="button primary danger" type="submit">
            ${t(this.deleting.length>0?`remove.confirm_data`:`remove.confirm`)}
          </button>
        </footer>
      </form>
    </dialog>`}#e(){let{commands:e,store:n}=this.model,r=e.deletable(this.rows);if(r.length===0)return h`<p>${t(`remove.data_stays`)}</p>`;let i=this.deleting.length>0,a=r.reduce((e,t)=>e+(t.downloaded??t.size??0),0),s=new Set(this.rows.filter(e=>!r.includes(e)).map(e=>e.client)),c=[...s].map(e=>n.clients.get(e)?.name??e).join(`, `);return h`<label
        ><input type="checkbox" name="data" .checked=${i} @change=${e=>this.deleting=e.target.checked?r:[]} />${s.size===0?t(`remove.data`):t(`remove.data_some`,{count:r.length})}</label
      >
      ${s.size===0?o:h`<p class="kept">${t(`remove.data_kept`,{names:c})}</p>`}
      <p class=${i?`warning`:``} aria-live="polite">
        ${i?t(`remove.data_goes`,{size:v(a)}):t(`remove.data_stays`)}
      </p>`}#t};A([k(`dialog`)],W.prototype,`dialog`,void 0),A([O()],W.prototype,`rows`,void 0),A([O()],W.prototype,`deleting`,void 0),W=A([E(`d2m-remove-dialog`)],W);var Wn=y`
  section {
    margin-bottom: 1.1rem;
  }

  h2 {
    display: flex;
    align-items: center;
    min-height: 1.75rem;
    padding: 0 0.6rem;
    font-size: 0.78rem;
    font-weight: 600;
    color: var(--d2m-muted);
  }

  .option {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    width: 100%;
    min-height: 1.95rem;
    padding: 0 0.6rem;
    border-radius: var(--d2m-radius);
  }

  .option:hover {
    background: color-mix(in srgb, var(--d2m-ink) 5.5%, transparent);
  }

  .option[aria-pressed="true"] {
    background: color-mix(in srgb, var(--d2m-accent) 11%, transparent);
    color: var(--d2m-accent);
    font-weight: 600;
  }

  .option svg.icon {
    width: 1.05rem;
    height: 1.05rem;
    color: var(--d2m-muted);
  }

  .option[data-tone="active"] svg.icon {
    color: var(--d2m-blue);
  }

  .option[data-tone="done"] svg.icon {
    color: var(--d2m-green);
  }

  .option[data-tone="failed"] svg.icon,
  .option[data-tone="failed"] .count {
    color: var(--d2m-red);
  }

  .option.inner {
    min-height: 1.7rem;
    padding-inline-start: 2.25rem;
    font-size: 0.92em;
    color: var(--d2m-muted);
  }

  .option.inner[aria-pressed="true"] {
    color: var(--d2m-accent);
  }

  .option.faint .label {
    font-style: italic;
    color: var(--d2m-muted);
  }

  .label {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .count {
    font-size: 0.82rem;
    font-weight: 400;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  .option[aria-pressed="true"] .count {
    color: inherit;
  }

  .more {
    padding: 0.3rem 0.6rem;
    color: var(--d2m-accent);
    font-size: 0.85rem;
    border-radius: var(--d2m-radius);
  }

  @media (pointer: coarse) {
    .option,
    .option.inner {
      min-height: 2.6rem;
    }
  }
`,Gn=class extends j{static{this.styles=[M,Wn,y`
      :host {
        display: block;
      }

      li {
        position: relative;
      }

      .client {
        display: grid;
        grid-template-columns: 0.6rem minmax(0, 1fr) auto;
        gap: 0 0.75rem;
        align-items: baseline;
        width: 100%;
        padding: 0.4rem 0.6rem 0.45rem 0.75rem;
        border-radius: var(--d2m-radius);
      }

      .client:hover {
        background: color-mix(in srgb, var(--d2m-ink) 5.5%, transparent);
      }

      .client[aria-pressed="true"] {
        background: color-mix(in srgb, var(--d2m-accent) 13%, transparent);
      }

      .client[aria-pressed="true"] .label {
        color: var(--d2m-accent);
      }

      .dot {
        align-self: center;
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--d2m-amber);
      }

      [data-health="good"] .dot {
        background: var(--d2m-green);
      }

      [data-health="bad"] .dot {
        background: var(--d2m-red);
      }

      [data-health="unheard"] .dot {
        background: var(--d2m-grey);
      }

      .label {
        font-weight: 500;
      }

      .facts {
        grid-column: 2 / -1;
        font-size: 0.79rem;
        line-height: 1.45;
        color: var(--d2m-muted);
        overflow-wrap: anywhere;
      }

      .rates {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.7rem;
        font-variant-numeric: tabular-nums;
      }

      .trouble {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
      }

      [data-health="bad"] .trouble {
        color: var(--d2m-red);
      }

      .menu {
        position: absolute;
        inset: 0.15rem 0.2rem auto auto;
        width: 1.75rem;
        min-height: 1.75rem;
        opacity: 0;
      }

      .menu,
      .menu:hover,
      .menu[aria-expanded="true"] {
        background: var(--d2m-raised) !important;
        box-shadow: 0 0 0 1px var(--d2m-line);
      }

      li:hover .menu,
      .menu:focus-visible,
      .menu[aria-expanded="true"] {
        opacity: 1;
      }

      @media (pointer: coarse) {
        .menu {
          opacity: 1;
          background: none !important;
          box-shadow: none;
        }

        .client {
          padding-inline-end: 2.8rem;
        }
      }
    `]}render(){let e=[...this.model.store.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return e.length===0?o:h`<section aria-labelledby="clients">
      <h2 id="clients">${t(`facet.client`)}</h2>
      <ul>
        ${_n(e,e=>e.client,e=>this.#e(e))}
      </ul>
    </section>`}#e(e){let{model:t}=this,n=tn(t.store,e),r=t.listing.counts.client.get(e.client)??0;return h`<li>
      <button
        class="client"
        data-client=${e.client}
        data-health=${n}
        aria-pressed=${t.filter.client.has(e.client)?`true`:`false`}
        title=${[e.kind,e.version].filter(Boolean).join(` `)}
        @click=${n=>t.choose(`client`,[e.client],n.ctrlKey||n.metaKey||n.shiftKey)}
      >
        <span class="dot" aria-hidden="true"></span>
        <span class="label">${e.name}</span>
        <span class="count">${d(r)}</span>
        <span class="facts">${this.#t(e,n)}</span>
      </button>
      ${this.#n(e)}
    </li>`}#t(e,n){let{store:r}=this.model;if(n!==`good`)return h`<span class="trouble">${nn(r,e)}</span>`;let i=e.stats,a=i?.free_space??null;return h`<span class="rates"
        ><span>↓ ${_(i?.download_rate??0)}</span><span>↑ ${_(i?.upload_rate??0)}</span></span
      >
      <span>${rn(r,e)}${a===null?``:` · ${t(`client.free`,{size:v(a)})}`}</span>`}#n(e){let{commands:n}=this.model,r=[...[`pause`,`resume`].filter(t=>n.takes(e.client,t)).map(r=>({label:t(`menu.${r}_all`,{client:e.name}),sign:r,press:()=>void n.runAll(r,[e.client])})),...n.takes(e.client,`poll`)?[{label:t(`menu.poll`),sign:`refresh`,press:()=>void n.ask(e.client,`poll`)}]:[]];return r.length===0?o:h`<button
      class="button icon-only menu"
      aria-label=${t(`menu.of`,{client:e.name})}
      aria-haspopup="menu"
      @click=${e=>Dn(e.currentTarget,r)}
    >
      ${P(`more`)}
    </button>`}};Gn=A([E(`d2m-client-panel`)],Gn);var Kn=8,qn=class extends j{#e=new Set;static{this.styles=[M,Wn,y`
      :host {
        display: block;
        overflow-y: auto;
        padding: 0.75rem 0.6rem 1.5rem;
        scrollbar-width: thin;
        scrollbar-color: color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;
      }
    `]}render(){return h`
      <section aria-labelledby="states">
        <h2 id="states">${t(`facet.state`)}</h2>
        <ul>
          ${this.#t()} ${ae.map(e=>this.#n(e))}
        </ul>
      </section>
      <d2m-client-panel .model=${this.model}></d2m-client-panel>
      ${this.#r(`category`)} ${this.#r(`tag`)}
    `}#t(){let{filter:e,listing:n}=this.model,r=Yn(n.counts.state.values());return this.#i({label:t(`group.all`),count:r,on:e.state.size===0,sign:`layers`,tone:``,press:()=>this.model.narrow({state:new Set})})}#n(e){let{filter:n,listing:r}=this.model,i=ce(e),a=r.counts.state,o=Yn(i.map(e=>a.get(e)??0)),s=i.length===1,c=n.state.size===i.length&&i.every(e=>n.state.has(e)),l=s?[]:b.filter(e=>i.includes(e)).filter(e=>(a.get(e)??0)>0||n.state.has(e)&&!c),u={active:`downloading`,waiting:`queued`,done:`completed`,failed:`failed`}[e];return h`${this.#i({label:t(`group.${e}`),count:o,on:c,sign:u,tone:o>0?e:``,press:e=>this.model.choose(`state`,i,e)})}
    ${l.map(e=>this.#i({label:t(`state.${e}`),count:a.get(e)??0,on:n.state.has(e)&&!c,inner:!0,press:t=>this.model.choose(`state`,[e],t&&!c)}))}`}#r(e){let{filter:n,listing:r}=this.model,i=r.counts[e],a=[...new Set([...i.keys(),...n[e]])].filter(e=>e!==``).sort(Jn);if(a.length===0)return o;(i.has(``)||n[e].has(``))&&a.push(``);let s=this.#e.has(e)||a.length<=9,c=s?a:a.filter((t,r)=>r<Kn||n[e].has(t));return h`<section aria-labelledby=${e}>
      <h2 id=${e}>${t(`facet.${e}`)}</h2>
      <ul>
        ${c.map(r=>this.#i({label:r===``?t(`facet.no_${e}`):r,count:i.get(r)??0,on:n[e].has(r),faint:r===``,press:t=>this.model.choose(e,[r],t)}))}
      </ul>
      ${s?o:h`<button class="more" @click=${()=>this.#a(e)}>
              ${t(`facet.more`,{count:a.length-c.length})}
            </button>`}
    </section>`}#i(e){return h`<li>
      <button
        class="option ${e.inner?`inner`:``} ${e.count===0?`none`:``} ${e.faint?`faint`:``}"
        data-tone=${e.tone??``}
        aria-pressed=${e.on?`true`:`false`}
        @click=${t=>e.press(t.ctrlKey||t.metaKey||t.shiftKey)}
      >
        ${e.sign?P(e.sign):o}<span class="label">${e.label}</span
        ><span class="count">${d(e.count)}</span>
      </button>
    </li>`}#a(e){this.#e.add(e),this.requestUpdate()}};qn=A([E(`d2m-side-bar`)],qn);var Jn=new Intl.Collator(void 0,{numeric:!0,sensitivity:`base`}).compare;function Yn(e){let t=0;for(let n of e)t+=n;return t}var Xn=class extends j{static{this.styles=[M,y`
      :host {
        position: absolute;
        inset: auto 1rem 1rem;
        z-index: 10;
        display: grid;
        justify-items: center;
        gap: 0.5rem;
        pointer-events: none;
      }

      .toast {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        max-width: min(36rem, 100%);
        padding: 0.55rem 0.5rem 0.55rem 0.9rem;
        border: 1px solid var(--d2m-line);
        border-inline-start: 0.25rem solid var(--d2m-green);
        border-radius: var(--d2m-radius);
        background: var(--d2m-raised);
        box-shadow: var(--d2m-shadow);
        overflow-wrap: anywhere;
        pointer-events: auto;
        animation: come 0.18s ease-out;
      }

      .toast[data-tone="bad"] {
        border-inline-start-color: var(--d2m-red);
      }

      @keyframes come {
        from {
          opacity: 0;
          translate: 0 0.5rem;
        }
      }
    `]}render(){let{toasts:e}=this.model;return h`<div role="status" aria-live="polite" class="unseen">
        ${e.shown.map(e=>e.text).join(` `)}
      </div>
      ${_n(e.shown,e=>e.id,n=>h`<div class="toast" data-tone=${n.tone}>
            <span>${n.text}</span>
            <button class="button icon-only" aria-label=${t(`toast.dismiss`)} @click=${()=>e.dismiss(n.id)}>
              ${P(`clear`)}
            </button>
          </div>`)}`}};Xn=A([E(`d2m-toast-list`)],Xn);var Zn=class extends j{#e=!1;#t={top:0,right:0};static{this.styles=[M,y`
      [popover] {
        position: fixed;
        inset: var(--top) var(--right) auto auto;
        width: 17rem;
        max-height: min(36rem, calc(100dvh - var(--top) - 1rem));
        margin: 0;
        padding: 0.4rem;
        overflow-y: auto;
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-raised);
        color: var(--d2m-ink);
        box-shadow: var(--d2m-shadow);
      }

      li {
        display: flex;
        align-items: center;
        min-height: 2rem;
        border-radius: var(--d2m-radius);
      }

      li:hover {
        background: color-mix(in srgb, var(--d2m-ink) 5%, transparent);
      }

      label {
        display: flex;
        flex: 1;
        align-items: center;
        gap: 0.6rem;
        padding-inline: 0.5rem;
      }

      input {
        accent-color: var(--d2m-accent);
      }

      li .button.icon-only {
        width: 1.7rem;
        min-height: 1.7rem;
      }

      li svg.icon {
        width: 0.95rem;
        height: 0.95rem;
      }

      .reset {
        width: 100%;
        margin-top: 0.3rem;
      }
    `]}render(){let{columns:e}=this.model;return h`
      <button
        class="button icon-only"
        title=${t(`columns.choose`)}
        aria-label=${t(`columns.choose`)}
        aria-expanded=${this.#e?`true`:`false`}
        @click=${this.#r}
      >
        ${P(`columns`)}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${t(`columns.choose`)}
        ${V({"--top":`${this.#t.top}px`,"--right":`${this.#t.right}px`})}
        @toggle=${e=>{this.#e=e.newState===`open`,this.requestUpdate()}}
      >
        ${this.#e?h`<ul>
                  ${e.all.map(e=>this.#n(e))}
                </ul>
                <button class="button outlined reset" @click=${()=>this.#i(()=>e.reset())}>
                  ${t(`columns.reset`)}
                </button>`:o}
      </div>
    `}#n(e){let{columns:n}=this.model,r=n.shown.includes(e),i=n.shown.indexOf(e),a=t(`column.${e}`),s=r=>h`<button
        class="button icon-only"
        aria-label=${t(r<0?`columns.earlier`:`columns.later`,{column:a})}
        ?disabled=${r<0?i<=1:i===n.shown.length-1}
        @click=${()=>this.#i(()=>n.move(e,r))}
      >
        ${P(r<0?`up`:`down`)}
      </button>`;return h`<li>
      <label
        ><input
          type="checkbox"
          .checked=${r}
          ?disabled=${e===`name`}
          @change=${t=>this.#i(()=>n.show(e,t.target.checked))}
        />${a}</label
      >
      ${r&&e!==`name`?[s(-1),s(1)]:o}
    </li>`}#r=e=>{let{bottom:t,right:n}=e.currentTarget.getBoundingClientRect();this.#t={top:t+4,right:Math.max(8,document.documentElement.clientWidth-n)},this.requestUpdate(),this.updateComplete.then(()=>this.popup.togglePopover())};#i(e){e(),this.model.touch()}};A([k(`[popover]`)],Zn.prototype,`popup`,void 0),Zn=A([E(`d2m-column-menu`)],Zn);var Qn=[`resume`,`pause`,`recheck`,`remove`],G=class extends j{constructor(...e){super(...e),this.phone=!1,this.selecting=!1}static{this.styles=[M,y`
      :host {
        display: flex;
        align-items: center;
        gap: 0.25rem 0.5rem;
        min-height: 2.875rem;
        padding: 0.25rem 0.75rem 0.25rem 1rem;
        border-bottom: 1px solid var(--d2m-line);
        background: var(--d2m-surface);
      }

      .count {
        font-weight: 600;
        white-space: nowrap;
        margin-inline-end: 0.5rem;
        font-variant-numeric: tabular-nums;
      }

      .count small {
        font-size: 0.85em;
        font-weight: 400;
        color: var(--d2m-muted);
      }

      .verbs {
        display: flex;
        gap: 0.1rem;
      }

      .chosen {
        display: flex;
        gap: 0.35rem;
        min-width: 0;
        overflow-x: auto;
        scrollbar-width: none;
      }

      .chosen button {
        display: inline-flex;
        align-items: center;
        gap: 0.3rem;
        flex: none;
        max-width: 14rem;
        height: 1.7rem;
        padding: 0 0.4rem 0 0.65rem;
        border-radius: 1rem;
        background: color-mix(in srgb, var(--d2m-accent) 13%, transparent);
        color: var(--d2m-accent);
        font-size: 0.82rem;
      }

      .chosen span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .chosen svg {
        width: 0.85rem;
        height: 0.85rem;
      }

      .end {
        display: flex;
        align-items: center;
        gap: 0.15rem;
        margin-inline-start: auto;
      }

      select {
        max-width: 9rem;
        height: 2.5rem;
        border: 0;
        border-radius: var(--d2m-radius);
        background: none;
        color: var(--d2m-muted);
        font-size: 0.85rem;
      }

      :host([phone]) {
        padding-inline: 0.9rem 0.4rem;
      }

      :host([phone]) .verbs .word {
        display: none;
      }

      :host([phone]) .button {
        min-width: 2.5rem;
        padding-inline: 0.5rem;
      }
    `]}render(){let{selection:e}=this.model;return h`${e.size>0?this.#e():this.#t()}
      <div class="end">
        ${this.phone?this.#o(e.size>0):h`<d2m-column-menu .model=${this.model}></d2m-column-menu>`}
      </div>`}#e(){let{model:e}=this,n=e.selected,r=n.reduce((e,t)=>e+(t.size??0),0);return h`
      <span class="count" role="status"
        >${t(`selection.count`,{count:n.length})}${this.phone?o:h` <small>${v(r)}</small>`}</span
      >
      <div class="verbs" role="toolbar" aria-label=${t(`selection.label`)}>
        ${e.commands.allowed(n.map(e=>e.client))?Qn.map(r=>this.#r(r,e.commands.fitting(r,n).length>0,()=>this.tell(`d2m-verb`,r),t(`verb.${r}`))):o}
        <button
          class="button icon-only"
          title=${t(`selection.clear`)}
          aria-label=${t(`selection.clear`)}
          @click=${()=>this.#s()}
        >
          ${P(`clear`)}
        </button>
      </div>
    `}#t(){let{listing:e,store:n,commands:r,filter:i}=this.model,a=e.rows.length,s=n.downloads.size;return h`
      <span class="count" role="status"
        >${a===s?t(`list.count`,{count:a}):t(`list.count_of`,{shown:a,count:s})}</span
      >
      ${r.allowed(i.client.size>0?i.client:void 0)&&s>0&&!this.phone?h`<div class="verbs" role="toolbar" aria-label=${t(`list.all_label`)}>
              ${this.#n(`resume`)} ${this.#n(`pause`)}
            </div>`:o}
      ${je(i)&&!this.phone?this.#i():o}
    `}#n(e){let{listing:n,store:r,commands:i,filter:a}=this.model;if(a.words.length>0||[a.state,a.category,a.tag].some(e=>e.size>0)){let r=i.fitting(e,n.rows);return this.#r(e,r.length>0,()=>void i.run(e,r),t(`verb.${e}_listed`))}let o=[...a.client],s=i.taking(e).filter(e=>o.length===0||o.includes(e)),c=o.map(e=>r.clients.get(e)?.name??e).join(`, `),l=o.length===0?t(`verb.${e}_all`):t(`menu.${e}_all`,{client:c});return this.#r(e,s.length>0,()=>void i.runAll(e,s),l)}#r(e,t,n,r){return h`<button
      class="button ${e===`remove`?`danger`:``}"
      data-verb=${e}
      title=${r}
      aria-label=${r}
      ?disabled=${!t}
      @click=${n}
    >
      ${P(e===`reannounce`?`refresh`:e)}<span class="word">${r}</span>
    </button>`}#i(){let{filter:e}=this.model,n=ae.find(t=>{let n=ce(t);return n.length===e.state.size&&n.every(t=>e.state.has(t))}),r=(e,t)=>this.model.choose(e,[t],!0),i=(e,n)=>h`<button aria-label=${t(`filter.drop`,{filter:e})} @click=${n}>
        <span>${e}</span>${P(`clear`)}
      </button>`;return h`<div class="chosen">
      ${n?i(t(`group.${n}`),()=>this.model.narrow({state:new Set})):o}
      ${T.filter(e=>e!==`state`||!n).map(t=>[...e[t]].map(e=>i(this.#a(t,e),()=>r(t,e))))}
    </div>`}#a(e,n){return e===`state`?t(`state.${n}`):e===`client`?this.model.store.clients.get(n)?.name??n:n===``?t(`facet.no_${e}`):n}#o(e){let{sort:n}=this.model.listing;return e?o:h`
      <select
        aria-label=${t(`sort.label`)}
        .value=${n.by}
        @change=${e=>this.model.sortBy(e.target.value)}
      >
        ${S.map(e=>h`<option value=${e} ?selected=${e===n.by}>${t(`column.${e}`)}</option>`)}
      </select>
      <button
        class="button icon-only"
        aria-label=${t(n.direction>0?`sort.ascending`:`sort.descending`)}
        @click=${()=>this.model.sortBy(n.by)}
      >
        ${P(n.direction>0?`up`:`down`)}
      </button>
      <button
        class="button icon-only"
        aria-label=${t(`selection.mode`)}
        aria-pressed=${this.selecting?`true`:`false`}
        @click=${()=>this.tell(`d2m-selecting`,!this.selecting)}
      >
        ${P(`select`)}
      </button>
    `}#s(){this.model.selection.clear(),this.tell(`d2m-selecting`,!1),this.model.touch()}};A([D({type:Boolean,reflect:!0})],G.prototype,`phone`,void 0),A([D({type:Boolean})],G.prototype,`selecting`,void 0),G=A([E(`d2m-tool-bar`)],G);var $n=120,er=120,tr=24,nr=class extends j{static{this.styles=y`
    :host,
    svg {
      display: block;
      width: 7.5rem;
      height: 1.5rem;
    }

    path {
      fill: none;
      stroke: var(--d2m-blue);
      stroke-width: 1.4;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }

    .under {
      fill: color-mix(in srgb, var(--d2m-blue) 13%, transparent);
      stroke: none;
    }

    .up {
      stroke: var(--d2m-green);
    }
  `}render(){let e=this.model.rates.samples.slice(-120),t=Math.max(1,...e.map(e=>Math.max(e.down??0,e.up??0))),n=n=>rr(e,n,t);return h`<svg viewBox="0 0 ${er} ${tr}" preserveAspectRatio="none">
      ${l`<path class="under" d=${ir(n(`down`),e.length)}></path><path d=${n(`down`)}></path><path class="up" d=${n(`up`)}></path>`}
    </svg>`}};nr=A([E(`d2m-rate-curve`)],nr);function rr(e,t,n){let r=$n-e.length;return e.length<2?``:`M${e.map((e,i)=>`${r+i},${(23-(e[t]??0)/n*21).toFixed(1)}`).join(`L`)}`}function ir(e,t){return e&&`${e}L119,26L${$n-t},26Z`}var K=class extends j{constructor(...e){super(...e),this.phone=!1,this.#t=()=>{this.model.narrow({words:Me(this.input.value)})},this.#n=e=>{if(e.key===`Escape`&&this.input.value!==``)this.input.value=``,this.#t();else if(e.key===`Escape`||e.key===`ArrowDown`||e.key===`Enter`)this.tell(`d2m-to-list`);else return;e.preventDefault(),e.stopPropagation()}}static{this.styles=[M,y`
      :host {
        display: flex;
        align-items: center;
        gap: 0.5rem 1rem;
        padding: 0.55rem 1rem;
        background: var(--d2m-surface);
        border-bottom: 1px solid var(--d2m-line);
      }

      .brand {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        font-weight: 650;
        letter-spacing: -0.015em;
        white-space: nowrap;
        min-width: 15rem;
      }

      .brand img {
        width: 1.5rem;
        height: 1.5rem;
      }

      .brand b {
        color: var(--d2m-accent);
        font-weight: inherit;
      }

      .search {
        position: relative;
        flex: 0 1 26rem;
        min-width: 8rem;
        color: var(--d2m-muted);
      }

      .search svg {
        position: absolute;
        inset-inline-start: 0.65rem;
        top: 50%;
        translate: 0 -50%;
        width: 1rem;
        height: 1rem;
        pointer-events: none;
      }

      input {
        width: 100%;
        height: 2.125rem;
        padding: 0 0.75rem 0 2.1rem;
        border: 1px solid transparent;
        border-radius: var(--d2m-radius);
        background: var(--d2m-sunken);
        color: var(--d2m-ink);
      }

      input::placeholder {
        color: var(--d2m-muted);
        opacity: 1;
      }

      .search kbd {
        position: absolute;
        inset-inline-end: 0.5rem;
        top: 50%;
        translate: 0 -50%;
        padding: 0 0.4rem;
        border: 1px solid var(--d2m-line);
        border-radius: 0.3rem;
        background: var(--d2m-surface);
        font: 0.75rem/1.3 var(--d2m-mono);
        pointer-events: none;
      }

      input:focus + kbd,
      input:not(:placeholder-shown) + kbd {
        display: none;
      }

      .rates {
        display: flex;
        align-items: center;
        gap: 1.1rem;
        margin-inline-start: auto;
        font-variant-numeric: tabular-nums;
      }

      .rates div {
        display: flex;
        align-items: center;
        gap: 0.3rem;
        min-width: 6.4rem;
        font-weight: 600;
        white-space: nowrap;
      }

      .rates svg {
        width: 1rem;
        height: 1rem;
        stroke-width: 2.2;
      }

      .down svg {
        color: var(--d2m-blue);
      }

      .up svg {
        color: var(--d2m-green);
      }

      .stale .rates,
      :host([stale]) .rates {
        filter: grayscale(1);
        opacity: 0.6;
      }

      .link {
        display: inline-flex;
        align-items: center;
        gap: 0.45rem;
        font-size: 0.82rem;
        color: var(--d2m-muted);
        white-space: nowrap;
      }

      .dot {
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--d2m-amber);
      }

      .link[data-link="live"] .dot {
        background: var(--d2m-green);
        box-shadow: 0 0 0 0.2rem color-mix(in srgb, var(--d2m-green) 20%, transparent);
      }

      .link[data-link="lost"] .dot {
        background: var(--d2m-red);
      }

      .buttons {
        display: flex;
        align-items: center;
        gap: 0.25rem;
      }

      @media (max-width: 68rem) {
        .brand {
          flex: none;
          min-width: 0;
        }

        d2m-rate-curve {
          display: none;
        }
      }

      :host([phone]) {
        display: grid;
        grid-template: "brand rates link buttons" auto "search search search search" auto / auto 1fr auto auto;
        padding: 0.6rem 0.9rem;
        gap: 0.5rem 0.6rem;
      }

      :host([phone]) .brand {
        grid-area: brand;
      }

      :host([phone]) .brand span,
      :host([phone]) .link .word,
      :host([phone]) kbd {
        display: none;
      }

      :host([phone]) .search {
        grid-area: search;
      }

      :host([phone]) input {
        height: 2.5rem;
        font-size: 16px;
      }

      :host([phone]) .rates {
        flex-direction: column;
        align-items: start;
        gap: 0;
        margin: 0;
      }

      :host([phone]) .rates div {
        min-width: 0;
        font-size: 0.79rem;
      }
    `]}search(){this.input.focus(),this.input.select()}render(){let{store:e}=this.model,{down:n,up:r}=We(e.clients.values()),i=this.model.filter.words;return h`
      <h1 class="brand"><slot name="mark"></slot><span>downloads<b>2</b>mqtt</span></h1>
      <label class="search">
        <span class="unseen">${t(`search.label`)}</span>${P(`search`)}
        <input
          id="search"
          type="search"
          placeholder=${t(`search.placeholder`)}
          autocomplete="off"
          spellcheck="false"
          @input=${this.#t}
          @keydown=${this.#n}
          .value=${i.length===0&&this.input?.value.trim()!==``?``:this.input?.value??``}
        /><kbd aria-hidden="true">/</kbd>
      </label>
      <div class="rates" role="group" aria-label=${t(`rates.label`)}>
        <d2m-rate-curve .model=${this.model} aria-hidden="true" @click=${()=>this.tell(`d2m-chart`)}></d2m-rate-curve>
        <div class="down" title=${t(`rates.down`)}>
          ${P(`down`)}<span class="unseen">${t(`rates.down`)}</span
          ><span id="down">${e.ready?_(n):`–`}</span>
        </div>
        <div class="up" title=${t(`rates.up`)}>
          ${P(`up`)}<span class="unseen">${t(`rates.up`)}</span><span id="up">${e.ready?_(r):`–`}</span>
        </div>
      </div>
      ${this.#e()}
      <div class="buttons"><slot name="buttons"></slot></div>
    `}#e(){let{store:e}=this.model,[n,r]=e.live?e.broker?[`live`,t(`link.live`)]:[`lost`,t(`link.no_broker`)]:e.link.phase===`login`?[`lost`,t(`link.login`)]:e.ready||e.link.phase===`waiting`?[`lost`,t(`link.lost`)]:[`connecting`,t(`link.connecting`)];return h`<span class="link" data-link=${n} title=${r}
      ><span class="dot" aria-hidden="true"></span><span class="word" id="link" role="status">${r}</span></span
    >`}#t;#n};A([D({type:Boolean,reflect:!0})],K.prototype,`phone`,void 0),A([k(`input`)],K.prototype,`input`,void 0),K=A([E(`d2m-top-bar`)],K);var ar=62,or=44,q=class extends j{constructor(...e){super(...e),this.page=!1,this.stale=!1,this.narrow=!1,this.phone=!1,this.selecting=!1,this.#e=new ResizeObserver(([e])=>this.#r(e?.contentRect.width??0)),this.#t=this,this.#o=e=>{let t=en(e);if(t!==void 0)switch(e.preventDefault(),t.sends){case`d2m-search`:return this.top.search();case`d2m-verb`:return this.#a(t.detail);case`d2m-escape`:this.model.opened===null?this.#i(!1):this.model.open(null);return;default:this.tell(t.sends??``)}}}#e;#t;static{this.styles=[St,M,y`
      :host {
        position: relative;
        display: grid;
        grid-template-rows: auto auto minmax(0, 1fr);
        height: 100%;
        min-height: 0;
        overflow: hidden;
        background: var(--d2m-paper);
        color: var(--d2m-ink);
        font: 400 0.875rem/1.4 var(--d2m-font);
        -webkit-text-size-adjust: 100%;
        container-type: inline-size;
      }

      .body {
        display: grid;
        grid-template-columns: 17rem minmax(0, 1fr) auto;
        min-height: 0;
        transition:
          opacity 0.3s,
          filter 0.3s;
      }

      .body.narrow {
        grid-template-columns: minmax(0, 1fr) auto;
      }

      :host([stale]) .body {
        filter: grayscale(1);
        opacity: 0.8;
      }

      d2m-side-bar {
        min-height: 0;
        border-inline-end: 1px solid var(--d2m-line);
      }

      main {
        display: grid;
        grid-template: "chips" auto "tools" auto "list" minmax(0, 1fr) / minmax(0, 1fr);
        min-height: 0;
        background: var(--d2m-surface);
      }

      d2m-group-chips {
        grid-area: chips;
      }

      d2m-tool-bar {
        grid-area: tools;
      }

      d2m-download-grid,
      d2m-empty-state {
        grid-area: list;
      }

      .phone.acting main {
        grid-template-areas: "chips" "list" "tools";
        grid-template-rows: auto minmax(0, 1fr) auto;
      }

      .phone.acting d2m-tool-bar {
        border-top: 1px solid var(--d2m-line);
        border-bottom: 0;
        padding-bottom: max(0.25rem, env(safe-area-inset-bottom));
      }

      .sheet {
        width: min(20rem, 88vw);
        max-width: none;
        height: 100dvh;
        max-height: none;
        margin: 0;
        border: 0;
        border-radius: 0;
        background: var(--d2m-paper);
      }

      .sheet[open] {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
      }

      .sheet header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: 0.6rem 0.6rem 0.2rem 1.2rem;
        font-weight: 650;
      }

      .sheet d2m-side-bar {
        border: 0;
      }
    `]}connectedCallback(){super.connectedCallback(),this.#e.observe(this),this.#t=this.page?window:this,this.#t.addEventListener(`keydown`,this.#o)}disconnectedCallback(){super.disconnectedCallback(),this.#e.disconnect(),this.#t.removeEventListener(`keydown`,this.#o)}toList(){this.grid?.focus()}willUpdate(e){super.willUpdate(e),this.stale=this.model.store.stale}render(){let{model:e}=this,{listing:n,selection:r}=e,i=r.size>0||this.selecting;return h`
      <d2m-top-bar .model=${e} ?phone=${this.phone} ?stale=${this.stale} @d2m-to-list=${this.toList}>
        <slot name="mark" slot="mark"></slot>
        <slot name="buttons" slot="buttons"></slot>
      </d2m-top-bar>
      <d2m-banner .model=${e} ?clients=${this.narrow}></d2m-banner>
      <div
        class="body ${this.narrow?`narrow`:``} ${this.phone?`phone`:``} ${i?`acting`:``}"
        @d2m-verb=${e=>this.#a(e.detail)}
        @d2m-selecting=${e=>this.#i(e.detail)}
        @d2m-filters=${()=>this.sheet?.showModal()}
      >
        ${this.narrow?o:h`<d2m-side-bar .model=${e}></d2m-side-bar>`}
        <main aria-label=${t(`list.label`)}>
          ${this.narrow?h`<d2m-group-chips .model=${e}></d2m-group-chips>`:o}
          ${e.store.ready&&e.store.downloads.size>0?h`<d2m-tool-bar .model=${e} ?phone=${this.phone} .selecting=${i}></d2m-tool-bar>`:o}
          ${n.rows.length>0?h`<d2m-download-grid
                  .model=${e}
                  ?phone=${this.phone}
                  ?selecting=${i&&this.phone}
                ></d2m-download-grid>`:h`<d2m-empty-state .model=${e}><slot name="empty"></slot></d2m-empty-state>`}
        </main>
        <slot name="drawer"></slot>
      </div>
      ${this.narrow?this.#n():o}
      <d2m-remove-dialog .model=${e}></d2m-remove-dialog>
      <d2m-toast-list .model=${e}></d2m-toast-list>
      <slot></slot>
    `}#n(){let e=()=>this.sheet?.close();return h`<dialog class="sheet" aria-label=${t(`filter.label`)} @click=${t=>t.target===this.sheet&&e()}>
      <header>
        ${t(`filter.label`)}
        <button class="button icon-only" aria-label=${t(`filter.close`)} @click=${e}>${P(`clear`)}</button>
      </header>
      <d2m-side-bar .model=${this.model}></d2m-side-bar>
    </dialog>`}#r(e){let t=parseFloat(getComputedStyle(document.documentElement).fontSize)||16;this.narrow=e<ar*t,this.phone=e<or*t}#i(e){this.selecting=e,e||this.model.selection.clear(),this.model.touch()}#a(e){let{commands:t,selected:n}=this.model,r=t.fitting(e,n);e===`remove`?this.removing.ask(r):r.length>0&&t.run(e,r)}#o};A([D({type:Boolean})],q.prototype,`page`,void 0),A([D({type:Boolean,reflect:!0})],q.prototype,`stale`,void 0),A([O()],q.prototype,`narrow`,void 0),A([O()],q.prototype,`phone`,void 0),A([O()],q.prototype,`selecting`,void 0),A([k(`d2m-top-bar`)],q.prototype,`top`,void 0),A([k(`d2m-download-grid`)],q.prototype,`grid`,void 0),A([k(`d2m-remove-dialog`)],q.prototype,`removing`,void 0),A([k(`dialog.sheet`)],q.prototype,`sheet`,void 0),q=A([E(`d2m-dashboard`)],q);var sr=y`
  :host {
    display: contents;
  }

  aside {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: clamp(20rem, 28vw, 26rem);
    min-height: 0;
    border-inline-start: 1px solid var(--d2m-line);
    background: var(--d2m-paper);
  }

  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    border: 0;
    border-radius: 0;
    background: var(--d2m-paper);
    animation: come 0.18s ease-out;
  }

  @media (min-width: 36rem) {
    dialog[open] {
      width: 26rem;
      margin-inline-start: auto;
      border-inline-start: 1px solid var(--d2m-line);
    }
  }

  @keyframes come {
    from {
      opacity: 0;
      translate: 0 1.5rem;
    }
  }

  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.2rem 0.5rem;
    padding: 0.85rem 0.6rem 0.9rem 1.2rem;
    border-bottom: 1px solid var(--d2m-line);
    background: var(--d2m-surface);
  }

  h2 {
    padding-top: 0.25rem;
    font-size: 1.02rem;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }

  h2:focus-visible {
    border-radius: 0.25rem;
  }

  .now {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 0.45rem;
    padding-inline-end: 0.6rem;
    font-weight: 550;
    color: var(--tone, var(--d2m-muted));
    font-variant-numeric: tabular-nums;
  }

  .now .of {
    margin-inline-start: auto;
    font-weight: 400;
    color: var(--d2m-muted);
  }

  .bar {
    grid-column: 1 / -1;
    display: block;
    height: 0.4rem;
    margin: 0.25rem 0.6rem 0 0;
    overflow: hidden;
    border-radius: 0.2rem;
    background: var(--d2m-track);
  }

  .fill {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--tone, var(--d2m-muted));
    transform-origin: left;
    transform: scaleX(var(--done));
    transition: transform 0.5s linear;
  }

  :dir(rtl) .fill {
    transform-origin: right;
  }

  .old {
    filter: grayscale(1);
  }

  [data-state="downloading"],
  [data-state="metadata"],
  [data-state="checking"] {
    --tone: var(--d2m-blue);
  }

  [data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  [data-state="seeding"] {
    --tone: var(--d2m-teal);
  }

  [data-state="completed"] {
    --tone: var(--d2m-green);
  }

  [data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-state="failed"] {
    --tone: var(--d2m-red);
  }

  .rest {
    overflow-y: auto;
    padding: 0.7rem 1.2rem max(1.5rem, env(safe-area-inset-bottom));
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;
  }

  .rest:focus-visible {
    outline-offset: -2px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem;
    margin: 0 -0.55rem 0.4rem;
    font-size: 0.82rem;
  }

  .actions .button {
    padding-inline: 0.55rem;
  }

  .said {
    margin-bottom: 0.8rem;
    padding: 0.6rem 0.8rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--tone) 11%, transparent);
    overflow-wrap: anywhere;
  }

  .said b {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-weight: 600;
    color: var(--tone);
  }

  .said.error {
    --tone: var(--d2m-red);
  }

  .said.warning {
    --tone: var(--d2m-amber);
  }

  h3 {
    margin: 1.1rem 0 0.25rem;
    font-size: 0.75rem;
    font-weight: 650;
    letter-spacing: 0.045em;
    text-transform: uppercase;
    color: var(--d2m-muted);
  }

  .fact {
    display: grid;
    grid-template-columns: minmax(6.5rem, 34%) minmax(0, 1fr);
    gap: 0 0.6rem;
    align-items: baseline;
    min-height: 1.85rem;
    padding: 0.2rem 0;
  }

  .fact + .fact {
    border-top: 1px solid color-mix(in srgb, var(--d2m-line) 70%, transparent);
  }

  dt {
    color: var(--d2m-muted);
    overflow-wrap: anywhere;
  }

  dd {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }

  dd.mono {
    font: 0.79rem/1.55 var(--d2m-mono);
    word-break: break-all;
  }

  .tag {
    display: inline-block;
    margin-inline-end: 0.3rem;
    padding: 0.05rem 0.5rem;
    border-radius: 1rem;
    background: color-mix(in srgb, var(--d2m-ink) 8%, transparent);
    font-size: 0.82rem;
  }

  .copy {
    flex: none;
    width: 1.75rem !important;
    min-height: 1.75rem !important;
    margin: -0.3rem -0.4rem -0.3rem 0;
  }

  .copy svg.icon {
    width: 0.95rem;
    height: 0.95rem;
  }

  @media (pointer: coarse) {
    .copy {
      width: 2.5rem !important;
      min-height: 2.25rem !important;
    }
  }

  .none {
    color: var(--d2m-muted);
  }

  .gone {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.4rem;
    padding: 2rem;
    text-align: center;
    color: var(--d2m-muted);
  }

  .events li {
    position: relative;
    display: grid;
    grid-template-columns: 0.9rem minmax(0, 1fr) auto;
    gap: 0 0.6rem;
    align-items: baseline;
    padding: 0.25rem 0;
  }

  .events li::before {
    content: "";
    align-self: center;
    justify-self: center;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--tone, var(--d2m-grey));
  }

  .events li:not(:last-child)::after {
    content: "";
    position: absolute;
    inset: calc(50% + 0.45rem) auto calc(-50% + 0.45rem) 0.4rem;
    width: 1px;
    background: var(--d2m-line);
  }

  .events time {
    font-size: 0.82rem;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  [data-event="completed"] {
    --tone: var(--d2m-green);
  }

  [data-event="failed"] {
    --tone: var(--d2m-red);
  }

  [data-event="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-event="added"],
  [data-event="started"],
  [data-event="resumed"] {
    --tone: var(--d2m-blue);
  }
`;function cr(e,n){if(e===null)return``;let r=Math.max(0,(n-Date.parse(e))/1e3);return r<5?t(`date.just_now`):t(`date.ago`,{time:g(r)})}var lr=/^[0-9a-f]{40}$/;function ur(e,n){let r=n.clients.get(e.client);return[{id:`transfer`,title:t(`drawer.transfer`),facts:fr(e,n.available(e.client))},{id:`place`,title:t(`drawer.place`),facts:pr(e,r)},{id:`dates`,title:t(`drawer.dates`),facts:mr(e,n.now())},{id:`limits`,title:t(`drawer.limits`,{client:r?.name??e.client}),facts:hr(r)},{id:`identity`,title:t(`drawer.identity`),facts:gr(e)}].map(e=>({...e,facts:e.facts.filter(e=>e.text!==``||e.tags?.length)})).filter(e=>e.facts.length>0)}function dr(e){return e.protocol===`torrent`&&lr.test(e.id)}function J(e,t){return{name:e,text:v(t),title:t===null?``:`${d(t)} B`}}function fr(e,n){let r=e.protocol===`usenet`,i=n&&x(e)!==`seeding`?e.eta:null;return[J(`column.size`,e.size),J(`column.downloaded`,e.downloaded),{name:`column.download_rate`,text:n?_(e.download_rate):``},{name:`column.eta`,text:g(i),title:i===null?``:`${d(i)} ${t(`unit.s`)}`},...r?[]:[J(`column.uploaded`,e.uploaded),{name:`column.upload_rate`,text:n?_(e.upload_rate):``},{name:`column.ratio`,text:a(e.ratio)},{name:`column.seeds`,text:d(e.seeds)},{name:`column.peers`,text:d(e.peers)}],{name:`column.queue_position`,text:d(e.queue_position)}]}function pr(e,n){let r=[n?.kind??e.kind,n?.version].filter(Boolean).join(` `);return[{name:`column.client`,text:n?.name??e.client},{name:`fact.kind`,text:`${r} · ${t(`protocol.${e.protocol}`)}`},{name:`column.category`,text:e.category??``},{name:`column.tags`,text:``,tags:e.tags},{name:`column.path`,text:e.path??``,copy:e.path??``,mono:!0}]}function mr(e,t){return[`added_at`,`completed_at`,`updated_at`].map(n=>({name:n===`updated_at`?`fact.updated_at`:`column.${n}`,text:e[n]===null?``:[cr(e[n],t),u(e[n],t)].join(` · `),title:r(e[n])}))}function hr(e){let n=e?.stats;if(!e?.available||!n)return[];let r=(e,n)=>({name:e,text:n===null?``:n===0?t(`fact.no_limit`):_(n)}),i=n.alternative_limits;return[r(`fact.download_limit`,n.download_limit),r(`fact.upload_limit`,n.upload_limit),{name:`fact.alternative_limits`,text:i===null?``:t(i?`fact.on`:`fact.off`)}]}function gr(e){let t=dr(e),n=`magnet:?xt=urn:btih:${e.id}`;return[{name:t?`fact.hash`:`fact.id`,text:e.id,copy:e.id,mono:!0},{name:`fact.native_id`,text:e.native_id===e.id?``:e.native_id,copy:e.native_id,mono:!0},{name:`fact.magnet`,text:t?n:``,copy:n,mono:!0},{name:`fact.native_state`,text:e.native_state,mono:!0}]}var _r=1e3,vr=5,yr=6e4;async function br(e,t,n){let r=t.clients.get(n.client)?.bridge;if(r===void 0)return[];let i=n.added_at===null?{}:{since:n.added_at},a=[],o=null;for(let t=0;t<vr;t+=1){let t={client:n.client,limit:_r,...i,...o===null?{}:{before:o}},s=await e.request(`bridge/${r}`,`history`,t);if(a.push(...s.finished.filter(e=>e.id===n.id)),o=s.next,o===null)break}return a}function xr(...e){return[...new Map(e.flat().map(e=>[`${e.event} ${e.at} ${e.to}`,e])).values()].sort((e,t)=>Date.parse(t.at)-Date.parse(e.at))}async function Sr(e,t,n,r){let i=Math.floor(t.now()/yr)*yr,a={since:new Date(i-r).toISOString(),until:new Date(i).toISOString()},o=async(t,n)=>{let r={limit:1,...a,...n===``?{}:{client:n}};return(await e.request(`bridge/${t}`,`history`,r)).rates.map(e=>({at:Date.parse(e.at),down:e.download_rate,up:e.upload_rate}))},s=[...t.bridges.values()].filter(({state:e})=>e===`online`).map(({bridge:e})=>e),c=()=>Promise.all(s.map(e=>o(e,``))),l=()=>{let e=[...t.clients.values()].filter(e=>s.includes(e.bridge)),r=n===``?e:e.filter(e=>e.client===n);return Promise.all(r.map(e=>o(e.bridge,e.client)))};return Tr(wr(n===``?await c().catch(e=>Cr(e,l)):await l()))}function Cr(e,t){if(e instanceof C&&e.code===`forbidden`)return t();throw e}function wr(e){let t=new Map;for(let{at:n,down:r,up:i}of e.flat()){let e=t.get(n);t.set(n,{at:n,down:(e?.down??0)+(r??0),up:(e?.up??0)+(i??0)})}return[...t.values()].sort((e,t)=>e.at-t.at)}function Tr(e){let t=e.slice(1).map(({at:t},n)=>t-(e[n]?.at??t)),n=Math.max(yr,Math.min(...t));return e.flatMap((t,r)=>{let i=e[r-1];return i!==void 0&&t.at-i.at>n*1.5?[{at:i.at+n,down:null,up:null},t]:[t]})}function Er(e,t){let n=e.flatMap(({at:e,[t]:n})=>n===null?[]:[{at:e,rate:n}]);if(n.length===0)return{peak:null,mean:null,sum:0};let r=n.reduce((e,{rate:t})=>e+t,0),[i,a]=[e[0]?.at??0,e.at(-1)?.at??0],o=r/n.length,s=e.length>1?(a-i)/(e.length-1)*n.length:0;return{peak:n.reduce((e,t)=>t.rate>e.rate?t:e),mean:o,sum:o*s/1e3}}var Dr=50,Y=class extends j{constructor(...e){super(...e),this.past=[],this.trouble=``,this.#e=``}#e;static{this.styles=[M,sr]}willUpdate(e){super.willUpdate(e);let{store:t}=this.model;this.#e!==this.row.key&&t.live&&(this.#e=this.row.key,this.past=[],this.trouble=``,this.#t(this.row))}async#t(e){try{let t=await br(this.model.source,this.model.store,e);this.#e===e.key&&(this.past=t)}catch(t){this.#e===e.key&&(this.trouble=w(t))}}render(){let{row:e,model:n}=this,r=xr(n.store.events.filter(t=>t.client===e.client&&t.id===e.id),this.past).slice(0,Dr);return h`<section aria-labelledby="events">
      <h3 id="events">${t(`drawer.events`)}</h3>
      ${r.length===0?h`<p class="none">${t(`drawer.no_events`)}</p>`:h`<ol class="events">
              ${r.map(e=>this.#n(e))}
            </ol>`}
      ${this.trouble?h`<p class="none">${t(`drawer.no_history`,{reason:this.trouble})}</p>`:o}
    </section>`}#n(e){let n=e.to===null?``:t(`state.${e.to}`);return h`<li data-event=${e.event}>
      <span>${t(`event.${e.event}`,{state:n})}</span>
      <time datetime=${e.at} title=${r(e.at)}>${u(e.at,this.model.store.now())}</time>
    </li>`}};A([D({attribute:!1})],Y.prototype,`row`,void 0),A([O()],Y.prototype,`past`,void 0),A([O()],Y.prototype,`trouble`,void 0),Y=A([E(`d2m-event-list`)],Y);var Or=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],kr=75,X=class extends j{constructor(...e){super(...e),this.over=!1,this.changing=null,this.#e=null,this.#t=null,this.#n=new ResizeObserver(([e])=>this.#_(e?.contentRect.width??0)),this.#f=()=>{this.changing=null,this.headline?.focus()},this.#p=()=>this.model.open(null),this.#m=e=>{e.preventDefault(),this.#p()},this.#h=e=>{let[t]=e.composedPath(),n=t instanceof Element&&t.getAttribute(`role`)===`grid`;e.key===`Enter`&&n&&this.#t===this.model.selection.active&&this.#t!==null&&(this.headline?.focus(),e.stopPropagation(),e.preventDefault())}}#e;#t;#n;static{this.styles=[M,sr]}connectedCallback(){super.connectedCallback(),this.parentElement!==null&&this.#n.observe(this.parentElement),this.parentElement?.addEventListener(`keydown`,this.#h,{capture:!0})}disconnectedCallback(){super.disconnectedCallback(),this.#n.disconnect(),this.parentElement?.removeEventListener(`keydown`,this.#h,{capture:!0})}willUpdate(e){super.willUpdate(e),this.model.store.link.phase===`login`&&(this.model.opened=null);let{opened:t}=this.model;t!==this.#t&&(this.#t===null?this.#e=Ar():t===null&&this.#g()&&queueMicrotask(()=>this.#e?.focus()),this.#t=t,this.changing=null)}updated(){this.dialog!==null&&!this.dialog.open&&this.dialog.showModal()}render(){let{opened:e,store:n}=this.model;if(e===null)return o;let r=n.downloads.get(e),i=r===void 0?t(`drawer.label`):t(`drawer.of`,{name:r.name}),a=r===void 0?this.#r():this.#i(r);return h`${this.over?h`<dialog
              aria-label=${i}
              @cancel=${this.#m}
              @keydown=${e=>e.stopPropagation()}
              @click=${e=>e.target===this.dialog&&this.#p()}
            >
              ${a}<d2m-toast-list .model=${this.model}></d2m-toast-list>
            </dialog>`:h`<aside aria-label=${i}>${a}</aside>`}<d2m-remove-dialog .model=${this.model}></d2m-remove-dialog>`}#r(){return h`<div class="head">
        <h2 tabindex="-1">${t(`drawer.gone`)}</h2>
        ${this.#a()}
      </div>
      <p class="gone">${t(`drawer.gone_text`)}</p>`}#i(e){let{store:n}=this.model,r=n.available(e.client),i=e.size===null?``:t(`drawer.of_size`,{done:v(e.downloaded??0),size:v(e.size)});return h`<div class="head ${r?``:`old`}" data-state=${x(e)}>
        <h2 tabindex="-1" title=${e.name}>${e.name}</h2>
        ${this.#a()}
        <div class="now">
          ${P(x(e))}<span class="state">${yn(e)}</span
          ><span class="percent">${m(e.progress)}</span><span class="of">${i}</span>
        </div>
        ${bn(e)}
      </div>
      <div class="rest" tabindex="-1">
        ${this.#o(e)} ${this.#s(e)}
        ${this.changing===e.key?h`<d2m-set-form .model=${this.model} .row=${e} @d2m-close=${this.#f}></d2m-set-form>`:o}
        ${ur(e,n).map(e=>this.#c(e))}
        <d2m-event-list .model=${this.model} .row=${e}></d2m-event-list>
      </div>`}#a(){return h`<button class="button icon-only close" aria-label=${t(`sheet.close`)} @click=${this.#p}>
      ${P(`clear`)}
    </button>`}#o(e){let{commands:n}=this.model,r=Or.filter(t=>n.fitting(t,[e]).length>0),i=n.takes(e.client,`set`);return r.length===0&&!i?o:h`<div class="actions" role="group" aria-label=${t(`drawer.actions`)}>
      ${r.map(n=>h`<button
            class="button ${n===`remove`?`danger`:``}"
            data-act=${n}
            @click=${()=>this.#u(n,e)}
          >
            ${P(n===`reannounce`?`refresh`:n)}${t(`verb.${n}`)}
          </button>`)}
      ${i?h`<button
              class="button"
              data-act="set"
              aria-expanded=${this.changing===e.key?`true`:`false`}
              @click=${()=>this.changing=this.changing===e.key?null:e.key}
            >
              ${P(`edit`)}${t(`drawer.change`)}
            </button>`:o}
    </div>`}#s(e){return[`error`,`warning`].filter(t=>e[t]!==null).map(n=>h`<div class="said ${n}">
            <b>${P(`attention`)}${t(`drawer.${n}`)}</b>
            <p>${e[n]}</p>
          </div>`)}#c(e){return h`<section aria-labelledby=${e.id} data-group=${e.id}>
      <h3 id=${e.id}>${e.title}</h3>
      <dl>${e.facts.map(e=>this.#l(e))}</dl>
    </section>`}#l(e){return h`<div class="fact" data-fact=${e.name}>
      <dt>${t(e.name)}</dt>
      <dd class=${e.mono?`mono`:``} title=${e.title||o}>
        <span>${e.tags?e.tags.map(e=>h`<span class="tag">${e}</span>`):e.text}</span>
        ${e.copy?h`<button
                class="button icon-only copy"
                title=${t(`drawer.copy`,{fact:t(e.name)})}
                aria-label=${t(`drawer.copy`,{fact:t(e.name)})}
                @click=${()=>this.#d(e)}
              >
                ${P(`copy`)}
              </button>`:o}
      </dd>
    </div>`}#u(e,t){e===`remove`?this.removing?.ask([t]):this.model.commands.run(e,[t])}async#d(e){let{toasts:n}=this.model;try{await navigator.clipboard.writeText(e.copy??``),n.show(`good`,t(`drawer.copied`,{fact:t(e.name)}))}catch{n.show(`bad`,t(`drawer.not_copied`))}}#f;#p;#m;#h;#g(){return this.renderRoot.activeElement!==null}#_(e){let t=parseFloat(getComputedStyle(document.documentElement).fontSize)||16;this.over=e<kr*t}};A([O()],X.prototype,`over`,void 0),A([O()],X.prototype,`changing`,void 0),A([k(`dialog`)],X.prototype,`dialog`,void 0),A([k(`h2`)],X.prototype,`headline`,void 0),A([k(`d2m-remove-dialog`)],X.prototype,`removing`,void 0),X=A([E(`d2m-drawer`)],X);function Ar(){let e=document.activeElement;for(;e?.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return e instanceof HTMLElement?e:null}var jr={Delete:`keycap.Delete`,Escape:`keycap.Escape`,Space:`keycap.Space`,Enter:`keycap.Enter`},Mr=[`help.open`,`help.menu`,`help.drop`,`help.columns`],Nr=class extends I{static{this.styles=[M,Qt,y`
      :host {
        --width: 46rem;
      }

      .content {
        display: grid;
        gap: 1.3rem;
      }

      h3 {
        margin-bottom: 0.4rem;
        font-size: 0.75rem;
        font-weight: 650;
        letter-spacing: 0.045em;
        text-transform: uppercase;
        color: var(--d2m-muted);
      }

      .keys {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr));
        gap: 0 2rem;
      }

      .keys div {
        display: flex;
        flex-direction: row-reverse;
        align-items: center;
        justify-content: space-between;
        gap: 0.8rem;
        min-height: 2.2rem;
        border-bottom: 1px solid color-mix(in srgb, var(--d2m-line) 70%, transparent);
      }

      .keys dt {
        display: flex;
        gap: 0.25rem;
        white-space: nowrap;
      }

      kbd {
        min-width: 1.6rem;
        padding: 0.1rem 0.45rem;
        border: 1px solid var(--d2m-line);
        border-bottom-width: 2px;
        border-radius: 0.35rem;
        background: var(--d2m-surface);
        text-align: center;
        font: 0.79rem/1.35 var(--d2m-mono);
      }

      .pointer li {
        position: relative;
        padding: 0.2rem 0 0.2rem 1rem;
      }

      .pointer li::before {
        content: "";
        position: absolute;
        inset: 0.75rem auto auto 0;
        width: 0.35rem;
        height: 0.35rem;
        border-radius: 50%;
        background: var(--d2m-accent);
      }

      .about {
        padding: 0.9rem 1.1rem;
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-sunken);
      }

      .about b {
        font-weight: 650;
      }

      .about dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.2rem 1rem;
        margin-top: 0.5rem;
      }

      .about dt {
        color: var(--d2m-muted);
      }

      @media (pointer: coarse) {
        .keyboard {
          order: 2;
        }
      }
    `]}heading(){return t(`help.title`)}body(){return h`<div class="content" tabindex="0" role="group" aria-labelledby="heading">
      <section class="keyboard" aria-labelledby="keys">
        <h3 id="keys">${t(`help.keys`)}</h3>
        <dl class="keys">
          ${$t.map(e=>h`<div>
                <dt>${Pr(e).map(e=>h`<kbd>${e}</kbd>`)}</dt>
                <dd>${t(e.does)}</dd>
              </div>`)}
        </dl>
      </section>
      <section aria-labelledby="pointer">
        <h3 id="pointer">${t(`help.pointer`)}</h3>
        <ul class="pointer">
          ${Mr.map(e=>h`<li>${t(e)}</li>`)}
        </ul>
      </section>
      <section class="about" aria-label=${t(`help.about`)}>
        <p><b>downloads2mqtt</b> · ${t(`help.about_text`)}</p>
        <dl>
          ${this.#e()}
          <dt>${t(`help.you`)}</dt>
          <dd>${this.#t()}</dd>
        </dl>
      </section>
    </div>`}#e(){return[...this.model.store.bridges.values()].map(({bridge:e,state:n,info:r})=>{let i=r?(this.model.store.now()-Date.parse(r.started_at))/1e3:0,a=[r?t(`help.version`,{version:r.version}):``,n===`online`?i>0?t(`help.up`,{time:g(i)}):``:t(`help.silent`)];return h`<dt>${t(`help.bridge`,{bridge:e})}</dt>
        <dd>${a.filter(Boolean).join(` · `)||o}</dd>`})}#t(){let{user:e,control:n}=this.model.store.reader;return[e,t(`help.may_${n}`)].filter(Boolean).join(` · `)}};Nr=A([E(`d2m-help-sheet`)],Nr);function Pr(e){let n=(e.sends===void 0?e.keys:e.keys.slice(0,1)).map(e=>jr[e]?t(jr[e]):e.length===1?e.toUpperCase():e);return e.held?[t(`held.${e.held}`),...n]:n}var Fr=y`
  :host {
    --width: 58rem;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem 1rem;
  }

  .ranges {
    display: flex;
    margin: 0;
    padding: 0.2rem;
    border: 0;
    border-radius: calc(var(--d2m-radius) + 0.2rem);
    background: var(--d2m-sunken);
  }

  .ranges label {
    position: relative;
    display: grid;
    place-items: center;
    min-height: 2rem;
    padding: 0 0.85rem;
    border-radius: var(--d2m-radius);
    font-weight: 500;
    color: var(--d2m-muted);
    white-space: nowrap;
    cursor: pointer;
  }

  .ranges input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: pointer;
  }

  .ranges label:has(:checked) {
    background: var(--d2m-raised);
    color: var(--d2m-ink);
    box-shadow: 0 1px 2px rgb(16 24 40 / 14%);
  }

  .ranges label:has(:focus-visible) {
    outline: 2px solid var(--d2m-accent);
  }

  select {
    min-height: 2.25rem;
    max-width: 14rem;
    padding: 0 0.5rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));
    border-radius: var(--d2m-radius);
    background: var(--d2m-surface);
  }

  figure {
    margin: 0.9rem 0 0;
  }

  .canvas {
    position: relative;
    height: min(24rem, 45dvh);
    border-radius: var(--d2m-radius);
    direction: ltr;
  }

  .drawing {
    position: absolute;
    inset: 0;
  }

  .u-cursor-x {
    border-color: var(--d2m-muted) !important;
  }

  .instead {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.8rem;
    padding: 1rem 2rem;
    text-align: center;
    color: var(--d2m-muted);
    pointer-events: none;
  }

  .instead .button {
    pointer-events: auto;
    color: var(--d2m-ink);
  }

  .reading {
    min-height: 1.5em;
    margin-top: 0.2rem;
    text-align: center;
    font-size: 0.85rem;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  .sums {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
    gap: 0.7rem;
    margin-top: 0.7rem;
  }

  .sum {
    display: grid;
    grid-template-columns: auto repeat(3, minmax(0, 1fr));
    gap: 0 0.9rem;
    align-items: center;
    padding: 0.65rem 0.9rem;
    border-radius: var(--d2m-radius-large);
    background: var(--d2m-sunken);
  }

  .sum h3 {
    display: grid;
    justify-items: center;
    gap: 0.1rem;
    min-width: 4.2rem;
    font-size: 0.82rem;
    font-weight: 600;
  }

  .sum dl {
    display: contents;
  }

  .down h3 {
    color: var(--d2m-blue);
  }

  .up h3 {
    color: var(--d2m-green);
  }

  .sum dt {
    font-size: 0.75rem;
    color: var(--d2m-muted);
  }

  .sum dd {
    font-weight: 600;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  @media (max-width: 44rem) {
    .ranges label {
      min-height: 2.5rem;
      padding: 0 0.75rem;
    }

    select {
      min-height: 2.75rem;
      flex: 1;
      max-width: none;
      font-size: 16px;
    }

    .sum {
      gap: 0 0.5rem;
      padding-inline: 0.7rem;
    }

    .sum dd {
      font-size: 0.85rem;
    }
  }
`,Ir=6e4,Lr=60*Ir,Rr={live:10*Ir,day:24*Lr,week:168*Lr,month:744*Lr},zr=Ir,Z=class extends I{constructor(...t){super(...t),this.range=`live`,this.client=``,this.past=null,this.trouble=``,this.pointed=null,this.#e=null,this.#t=0,this.#n=0,this.#i=matchMedia(`(prefers-color-scheme: dark)`),this.#a=new ResizeObserver(()=>this.drawing&&this.#e?.resize(this.drawing)),this.#h=e=>{let t=this.#o.length-1,n=this.pointed??t,r={ArrowLeft:n-1,ArrowRight:n+1,PageUp:n-Math.ceil(t/10),PageDown:n+Math.ceil(t/10),Home:0,End:t}[e.key];r===void 0||t<0||(e.preventDefault(),this.#e?.point(Math.min(t,Math.max(0,r))))},this.#g=()=>{let t=++this.#t;e(async()=>{let{Plot:e,plotStyles:t}=await import(`./plot.68f67d94322c.js`);return{Plot:e,plotStyles:t}},__vite__mapDeps([0,1]),import.meta.url).then(({Plot:e,plotStyles:n})=>{let r=this.renderRoot;if(t!==this.#t||!this.shown||this.drawing===null)return;let i=n.styleSheet;i&&!r.adoptedStyleSheets.includes(i)&&r.adoptedStyleSheets.unshift(i),this.#e?.destroy();let a=this.range===`week`||this.range===`month`;this.#e=new e(this.drawing,Br(this),a,e=>this.pointed=e),this.#e.set(this.#o),this.#a.observe(this.drawing)})}}#e;#t;#n;#r;#i;#a;static{this.styles=[M,Qt,Fr]}open(){this.shown||(super.open(),this.#i.addEventListener(`change`,this.#g),this.#r=setInterval(()=>void this.#m(),zr),this.#m(),this.updateComplete.then(this.#g))}disconnectedCallback(){super.disconnectedCallback(),this.#_()}closed(){super.closed(),this.#_()}heading(){return t(`chart.title`)}updated(e){super.updated(e),this.shown&&this.#e?.set(this.#o)}get#o(){return this.#s?this.model.rates.samples:this.past??[]}get#s(){return this.range===`live`&&this.client===``}body(){let e=this.#o,n=this.pointed===null?void 0:e[this.pointed];return h`<div class="content">
      <div class="choices">
        <fieldset class="ranges" aria-label=${t(`chart.range`)}>
          ${Object.keys(Rr).map(e=>h`<label
                ><input
                  type="radio"
                  name="range"
                  value=${e}
                  .checked=${e===this.range}
                  @change=${()=>this.#p(e,this.client)}
                />${t(`chart.${e}`)}</label
              >`)}
        </fieldset>
        ${this.#c()}
      </div>
      <figure>
        <div
          class="canvas"
          role="slider"
          tabindex="0"
          aria-label=${t(`chart.plot`)}
          aria-valuemin="0"
          aria-valuemax=${Math.max(0,e.length-1)}
          aria-valuenow=${this.pointed??Math.max(0,e.length-1)}
          aria-valuetext=${this.#f(n??e.at(-1))}
          @keydown=${this.#h}
        >
          <div class="drawing" aria-hidden="true"></div>
          ${this.#l(e)}
        </div>
        <p class="reading" aria-hidden="true">${n?this.#f(n):``}</p>
        <figcaption class="sums">${[`down`,`up`].map(t=>this.#u(t,e))}</figcaption>
      </figure>
    </div>`}#c(){let e=[...this.model.store.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return h`<select
      aria-label=${t(`chart.of`)}
      @change=${e=>this.#p(this.range,e.target.value)}
    >
      <option value="" ?selected=${this.client===``}>${t(`chart.all_clients`)}</option>
      ${e.map(({client:e,name:t})=>h`<option value=${e} ?selected=${this.client===e}>${t}</option>`)}
    </select>`}#l(e){return!this.#s&&this.trouble?h`<div class="instead">
        <p>${t(`chart.failed`,{reason:this.trouble})}</p>
        <button class="button outlined" @click=${()=>void this.#m()}>${t(`chart.retry`)}</button>
      </div>`:!this.#s&&this.past===null?h`<p class="instead">${t(`chart.loading`)}</p>`:e.length>2?o:h`<p class="instead">${t(this.#s?`chart.filling`:`chart.empty`)}</p>`}#u(e,n){let{peak:r,mean:i,sum:a}=Er(n,e),s=(e,t,n=``)=>h`<div title=${n||o}>
        <dt>${e}</dt>
        <dd>${t||`–`}</dd>
      </div>`,c=r===null?``:t(`chart.at`,{time:this.#d(r.at)});return h`<div class="sum ${e}" data-sum=${e}>
      <h3>${P(e)}${t(`rates.${e}`)}</h3>
      <dl>
        ${s(t(`chart.peak`),_(r?.rate),c)} ${s(t(`chart.mean`),_(i))}
        ${s(t(`chart.sum`),i===null?``:v(a))}
      </dl>
    </div>`}#d(e){return this.range===`live`?p(e):u(new Date(e).toISOString())}#f(e){if(e===void 0)return t(`chart.empty`);let[n,r]=[e.down,e.up].map(e=>e===null?t(`chart.unknown`):_(e));return t(`chart.reading`,{time:this.#d(e.at),down:n??``,up:r??``})}#p(e,t){[this.range,this.client]=[e,t],[this.past,this.trouble,this.pointed]=[null,``,null],this.#m(),this.#g()}async#m(){if(this.#s)return;let e=++this.#n;try{let t=await Sr(this.model.source,this.model.store,this.client,Rr[this.range]);e===this.#n&&([this.past,this.trouble]=[t,``])}catch(t){e===this.#n&&(this.trouble=w(t))}}#h;#g;#_(){clearInterval(this.#r),this.#i.removeEventListener(`change`,this.#g),this.#a.disconnect(),this.#e?.destroy(),this.#e=null,this.#n+=1,this.pointed=null}};A([O()],Z.prototype,`range`,void 0),A([O()],Z.prototype,`client`,void 0),A([O()],Z.prototype,`past`,void 0),A([O()],Z.prototype,`trouble`,void 0),A([O()],Z.prototype,`pointed`,void 0),A([k(`.drawing`)],Z.prototype,`drawing`,void 0),Z=A([E(`d2m-rate-chart`)],Z);function Br(e){let t=getComputedStyle(e),n=e=>t.getPropertyValue(`--d2m-${e}`).trim(),r=n(`font`)||`sans-serif`,i=parseFloat(getComputedStyle(document.documentElement).fontSize)*.75||12;return{down:n(`blue`),up:n(`green`),ink:n(`muted`),line:n(`line`),font:`${i}px ${r}`}}function Vr(e){return e.event===`completed`||e.event===`failed`}function Hr(e,n,r=3){if(e.length<=r)return e.map(e=>Ur(e,n));let i=t=>e.filter(e=>e.event===t).length,[a,o]=[i(`completed`),i(`failed`)],s=[a>0?t(`bell.many_completed`,{count:a}):``,o>0?t(`bell.many_failed`,{count:o}):``],c=e.slice(0,5).map(e=>e.name),l=e.length>c.length?[`…`]:[];return[{title:s.filter(Boolean).join(` · `),body:[...c,...l].join(`
`),key:null}]}function Ur(e,n){let r=e.event===`failed`?e.download.error:null;return{title:`${t(e.event===`failed`?`bell.failed`:`bell.completed`)}: ${e.name}`,body:[t(`bell.in`,{client:n(e.client)}),r].filter(Boolean).join(`
`),key:`${e.client}:${e.id}`}}var Wr=1500,Gr=`assets/notification-worker.js`,Kr=class{#e=[];#t;constructor(e,t,n){this.memory=e,this.nameOf=t,this.onPress=n,navigator.serviceWorker?.addEventListener(`message`,this.#i)}get state(){return!(`Notification`in globalThis)||!isSecureContext?`missing`:Notification.permission===`denied`?`denied`:Notification.permission===`granted`&&this.memory.read(`alerts`)===!0?`on`:`off`}async turn(e){let t=e?await Notification.requestPermission()===`granted`:!1;this.memory.write(`alerts`,e&&t)}hear(e){this.state===`on`&&Jr()&&(this.#e.push(e),this.#t??=setTimeout(this.#n,Wr))}#n=()=>{this.#t=void 0;let e=this.#e;if(this.#e=[],Jr())for(let t of Hr(e,this.nameOf))this.#r(t)};async#r({title:e,body:t,key:n}){let r={body:t,icon:new URL(`assets/icon-192.png`,document.baseURI).href,tag:n??`many`,data:{key:n}};try{let t=new Notification(e,r);t.onclick=()=>{window.focus(),t.close(),this.onPress(n)}}catch{await(await qr())?.showNotification(e,r)}}#i=e=>{e.data&&`opened`in e.data&&this.onPress(e.data.opened??null)}};async function qr(){let e=await navigator.serviceWorker?.register(new URL(Gr,document.baseURI)),t=e?.installing??e?.waiting;return e?.active||!t||await new Promise(e=>{t.addEventListener(`statechange`,()=>t.state===`activated`&&e())}),e}function Jr(){return document.hidden||!document.hasFocus()}var Yr=y`
  :host {
    display: contents;
  }

  .bell {
    position: relative;
  }

  .unread {
    position: absolute;
    inset: 0.1rem 0 auto auto;
    min-width: 1.05rem;
    padding: 0 0.25rem;
    border-radius: 0.6rem;
    background: var(--d2m-red);
    color: var(--d2m-surface);
    font: 650 0.68rem/1.05rem var(--d2m-font);
    text-align: center;
    font-variant-numeric: tabular-nums;
  }

  [popover] {
    position: fixed;
    --width: min(25rem, calc(100vw - 1rem));
    inset: var(--top) min(var(--right), calc(100vw - 0.5rem - var(--width))) auto auto;
    width: var(--width);
    max-height: min(36rem, calc(100dvh - var(--top) - 1rem));
    margin: 0;
    padding: 0;
    overflow-y: auto;
    border: 1px solid var(--d2m-line);
    border-radius: var(--d2m-radius-large);
    background: var(--d2m-raised);
    color: var(--d2m-ink);
    box-shadow: var(--d2m-shadow);
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 3rem;
    padding: 0.5rem 0.5rem 0.2rem 1.1rem;
  }

  h2 {
    font-size: 1rem;
    font-weight: 650;
  }

  header .button {
    color: var(--d2m-accent);
  }

  .ask,
  .hint {
    display: flex;
    align-items: center;
    gap: 0.7rem;
    margin: 0.2rem 0.6rem 0.6rem;
    padding: 0.6rem 0.7rem;
    border-radius: var(--d2m-radius);
    background: var(--d2m-sunken);
  }

  .hint {
    font-size: 0.85rem;
    color: var(--d2m-muted);
  }

  .ask input {
    flex: none;
    appearance: none;
    position: relative;
    width: 2.25rem;
    height: 1.3rem;
    border-radius: 1rem;
    background: color-mix(in srgb, var(--d2m-muted) 70%, var(--d2m-track));
    transition: background-color 0.15s;
    cursor: pointer;
  }

  .ask input::before {
    content: "";
    position: absolute;
    inset: 0.15rem auto auto 0.15rem;
    width: 1rem;
    height: 1rem;
    border-radius: 50%;
    background: var(--d2m-surface);
    transition: translate 0.15s;
  }

  .ask input:checked {
    background: var(--d2m-accent);
  }

  .ask input:checked::before {
    translate: 0.95rem;
  }

  .none {
    padding: 0.8rem 1.1rem 1.4rem;
    color: var(--d2m-muted);
  }

  ul {
    padding-bottom: 0.4rem;
  }

  .news {
    display: grid;
    grid-template-columns: 1.2rem minmax(0, 1fr) auto;
    gap: 0.05rem 0.7rem;
    width: 100%;
    padding: 0.55rem 1.1rem;
  }

  button.news:hover {
    background: color-mix(in srgb, var(--d2m-ink) 5%, transparent);
  }

  button.news:focus-visible {
    outline-offset: -2px;
  }

  .text {
    overflow-wrap: anywhere;
    font-weight: 500;
  }

  .about {
    grid-column: 2 / -1;
    font-size: 0.82rem;
    color: var(--d2m-muted);
    overflow-wrap: anywhere;
  }

  time {
    font-size: 0.79rem;
    color: var(--d2m-muted);
    white-space: nowrap;
  }

  [data-tone="completed"] svg.icon {
    color: var(--d2m-green);
  }

  [data-tone="failed"] svg.icon {
    color: var(--d2m-red);
  }

  [data-tone="notice"] svg.icon {
    color: var(--d2m-blue);
  }
`,Xr=100,Q=class extends j{constructor(...e){super(...e),this.news=[],this.unread=0,this.shown=!1,this.#e={top:0,right:0},this.#t=[],this.#n=null,this.#r=new Kr(re,e=>this.#m(e),e=>this.#p(e)),this.#a=e=>{Vr(e)&&(this.#r.hear(e),this.#s({tone:e.event===`failed`?`failed`:`completed`,text:e.name,about:[t(e.event===`failed`?`bell.failed`:`bell.completed`),t(`bell.in`,{client:this.#m(e.client)}),e.event===`failed`?e.download.error:null].filter(Boolean).join(` · `),at:e.at,key:`${e.client}:${e.id}`}))},this.#o=e=>{this.#s({tone:`notice`,text:e.message,about:e.type,at:e.at,key:null})},this.#d=()=>{let{bottom:e,right:t}=this.bell.getBoundingClientRect();this.#e={top:e+6,right:Math.max(8,document.documentElement.clientWidth-t)},this.requestUpdate(),this.updateComplete.then(()=>this.popup.togglePopover())},this.#f=e=>{this.shown=e.newState===`open`,this.unread=0,this.shown&&this.updateComplete.then(()=>this.popup.querySelector(`input, button`)?.focus())}}#e;#t;#n;#r;static{this.styles=[M,Yr]}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#i()}disconnectedCallback(){super.disconnectedCallback(),this.#t.forEach(e=>e()),this.#t=[]}willUpdate(e){super.willUpdate(e),e.has(`model`)&&this.#i();let{store:t}=this.model;(t.link.phase===`login`||t.live&&t.reader.user!==this.#n)&&this.news.length>0&&([this.news,this.unread]=[[],0]),t.live&&(this.#n=t.reader.user)}#i(){this.#t.forEach(e=>e()),this.#t=[this.model.onEvent(this.#a),this.model.onNotice(this.#o)]}#a;#o;#s(e){this.news=[e,...this.news].slice(0,Xr),this.shown||(this.unread=Math.min(Xr,this.unread+1))}render(){let e=this.unread>0?t(`bell.unread`,{count:this.unread}):t(`bell.label`);return h`<button
        class="button icon-only bell"
        title=${t(`bell.label`)}
        aria-label=${e}
        aria-haspopup="dialog"
        aria-expanded=${this.shown?`true`:`false`}
        @click=${this.#d}
      >
        ${P(`bell`)}${this.unread>0?h`<span class="unread" aria-hidden="true">${this.unread}</span>`:o}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${t(`bell.label`)}
        ${V({"--top":`${this.#e.top}px`,"--right":`${this.#e.right}px`})}
        @toggle=${this.#f}
      >
        ${this.shown?this.#c():o}
      </div>`}#c(){return h`<header>
        <h2>${t(`bell.label`)}</h2>
        ${this.news.length>0?h`<button class="button" @click=${()=>this.news=[]}>${t(`bell.clear`)}</button>`:o}
      </header>
      ${this.#l()}
      ${this.news.length>0?h`<ul>
              ${this.news.map(e=>this.#u(e))}
            </ul>`:h`<p class="none">${t(`bell.empty`)}</p>`}`}#l(){let{state:e}=this.#r;return e===`missing`?h`<p class="hint">${t(`bell.insecure`)}</p>`:e===`denied`?h`<p class="hint">${t(`bell.denied`)}</p>`:h`<label class="ask"
      ><input type="checkbox" role="switch" .checked=${e===`on`} @change=${async e=>{await this.#r.turn(e.target.checked),this.requestUpdate()}} />${t(`bell.turn_on`)}</label
    >`}#u(e){let t=h`${P({completed:`completed`,failed:`failed`,notice:`bell`}[e.tone])}<span class="text">${e.text}</span
      ><time datetime=${e.at} title=${r(e.at)}>${u(e.at,this.model.store.now())}</time
      ><span class="about">${e.about}</span>`;return h`<li data-tone=${e.tone}>
      ${e.key===null?h`<div class="news">${t}</div>`:h`<button class="news" @click=${()=>this.#p(e.key)}>${t}</button>`}
    </li>`}#d;#f;#p(e){this.popup?.matches(`:popover-open`)&&this.popup.hidePopover(),e!==null&&this.model.store.downloads.has(e)&&(this.model.selection.only(e),this.model.open(e))}#m(e){return this.model.store.clients.get(e)?.name??e}};A([O()],Q.prototype,`news`,void 0),A([O()],Q.prototype,`unread`,void 0),A([O()],Q.prototype,`shown`,void 0),A([k(`[popover]`)],Q.prototype,`popup`,void 0),A([k(`.bell`)],Q.prototype,`bell`,void 0),Q=A([E(`d2m-notifications`)],Q);var Zr=class extends j{static{this.styles=[M,y`
      :host {
        display: contents;
      }

      .more svg {
        stroke-width: 3;
      }
    `]}render(){let{user:e}=this.model.store.reader,n=e===null?t(`user.menu`):t(`user.menu_of`,{user:e});return h`<button
      class="button icon-only ${e===null?`more`:``}"
      title=${n}
      aria-label=${n}
      aria-haspopup="menu"
      @click=${e=>Dn(e.currentTarget,this.#e())}
    >
      ${P(e===null?`more`:`user`)}
    </button>`}#e(){let{user:e}=this.model.store.reader,{login:n}=this.model.source;return[{label:t(`chart.title`),sign:`chart`,press:()=>this.tell(`d2m-chart`)},{label:t(`help.title`),sign:`help`,press:()=>this.tell(`d2m-help`)},...e!==null&&n!==void 0?[{label:t(`login.logout_of`,{user:e}),sign:`leave`,press:()=>void this.#t()}]:[]]}async#t(){try{await this.model.source.login?.logout()}catch(e){this.model.toasts.show(`bad`,t(`login.failed`,{reason:w(e)}))}}};Zr=A([E(`d2m-user-menu`)],Zr);var Qr=class extends j{static{this.styles=[St,M,y`
      .skip {
        position: fixed;
        z-index: 20;
        inset: 0.5rem auto auto 0.5rem;
        padding: 0.5rem 1rem;
        border-radius: var(--d2m-radius);
        background: var(--d2m-accent);
        color: var(--d2m-on-accent);
        font: 500 0.9rem var(--d2m-font);
        translate: 0 -4rem;
      }

      .skip:focus {
        translate: none;
      }

      @media (max-width: 68rem) {
        .add {
          width: 2.125rem;
          padding: 0;
        }

        .add span,
        .chart {
          display: none;
        }
      }
    `]}render(){return h`
      <button class="skip" @click=${this.#n}>${t(`page.skip`)}</button>
      <d2m-dashboard
        .model=${this.model}
        page
        @d2m-add=${()=>this.#t(`d2m-add-dialog`)}
        @d2m-help=${()=>this.#t(`d2m-help-sheet`)}
        @d2m-chart=${()=>this.#t(`d2m-rate-chart`)}
      >
        <img slot="mark" src=${Ct} alt="" width="24" height="24" />
        ${this.#e()}
        <d2m-drawer slot="drawer" .model=${this.model}></d2m-drawer>
        <d2m-add-dialog .model=${this.model} page></d2m-add-dialog>
        <d2m-rate-chart .model=${this.model}></d2m-rate-chart>
        <d2m-help-sheet .model=${this.model}></d2m-help-sheet>
      </d2m-dashboard>
    `}#e(){let e=this.model.commands.taking(`add`).length>0;return h`${e?h`<button
              slot="buttons"
              class="button primary add"
              aria-label=${t(`add.title`)}
              @click=${()=>this.#t(`d2m-add-dialog`)}
            >
              ${P(`add`)}<span>${t(`add.open`)}</span>
            </button>`:o}
      <button
        slot="buttons"
        class="button icon-only chart"
        title=${t(`chart.open`)}
        aria-label=${t(`chart.open`)}
        @click=${()=>this.#t(`d2m-rate-chart`)}
      >
        ${P(`chart`)}
      </button>
      <d2m-notifications slot="buttons" .model=${this.model}></d2m-notifications>
      <d2m-user-menu slot="buttons" .model=${this.model}></d2m-user-menu>`}updated(){let{store:e}=this.model,{down:t}=We(e.clients.values()),n=e.live&&e.broker&&t>0?`↓ ${_(t)} · downloads2mqtt`:`downloads2mqtt`;document.title!==n&&(document.title=n)}#t(e){(e!==`d2m-add-dialog`||this.model.commands.taking(`add`).length!==0)&&this.renderRoot.querySelector(e)?.open()}#n=()=>{this.renderRoot.querySelector(`d2m-dashboard`)?.toList()}};Qr=A([E(`d2m-page`)],Qr),await te(navigator.languages),document.documentElement.lang=i();var $=new Qr;$.model=new nt(new _t(document.baseURI),re);var $r=new N;$r.model=$.model,document.body.append($,$r),$.model.start();