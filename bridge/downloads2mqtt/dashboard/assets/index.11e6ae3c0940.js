const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["./plot.33db7ade1220.js","./format.9fad1206ff6a.js"])))=>i.map(i=>d[i]);
import{S as e,_ as t,a as n,b as r,c as i,d as a,f as o,g as s,h as c,i as l,l as u,m as d,n as f,o as p,p as m,r as h,s as g,t as _,u as ee,v,x as y,y as te}from"./format.9fad1206ff6a.js";var ne=`downloads2mqtt.`,re={read(e){try{let t=localStorage.getItem(ne+e);return t===null?void 0:JSON.parse(t)}catch{return}},write(e,t){try{localStorage.setItem(ne+e,JSON.stringify(t))}catch{}}},ie={downloading:`active`,processing:`active`,checking:`active`,metadata:`active`,stalled:`active`,failed:`failed`,queued:`waiting`,paused:`waiting`,unknown:`waiting`,seeding:`done`,completed:`done`},b=Object.keys(ie),ae=[`active`,`waiting`,`done`,`failed`],oe=new Map(b.map((e,t)=>[e,t]));function x(e){return e.state in ie?e.state:`unknown`}function se(e){return oe.get(x(e))??b.length}function ce(e){return b.filter(t=>ie[t]===e)}var S=[`name`,`state`,`progress`,`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`eta`,`ratio`,`seeds`,`peers`,`client`,`category`,`tags`,`queue_position`,`added_at`,`completed_at`,`protocol`,`path`],le=new Intl.Collator(void 0,{numeric:!0,sensitivity:`base`});function ue(e,t){return le.compare(e.name,t.name)||(e.key<t.key?-1:+(e.key>t.key))}function de(e,t){let{by:n,direction:r}=e;if(n===`name`)return(e,t)=>r*(e.rank-t.rank);let i=fe(n,t);return(e,t)=>{let[n,a]=[i(e),i(t)];if(n===a)return e.rank-t.rank;if(n===null)return 1;if(a===null)return-1;let o=typeof n==`number`&&typeof a==`number`?n-a:le.compare(`${n}`,`${a}`);return r*o||e.rank-t.rank}}function fe(e,t){switch(e){case`state`:return se;case`client`:return e=>t(e.client);case`tags`:return e=>e.tags.length?e.tags.join(`, `):null;default:return t=>t[e]}}var pe={name:{width:10.6},state:{width:8.6},progress:{width:8.2,falling:!0},size:{width:5.2,figure:!0,falling:!0},downloaded:{width:5.8,figure:!0,falling:!0},uploaded:{width:5.8,figure:!0,falling:!0},download_rate:{width:6,figure:!0,falling:!0},upload_rate:{width:6,figure:!0,falling:!0},eta:{width:5.8,figure:!0},ratio:{width:4,figure:!0,falling:!0},seeds:{width:4,figure:!0,falling:!0},peers:{width:4,figure:!0,falling:!0},client:{width:5.6},category:{width:7},tags:{width:8},queue_position:{width:4,figure:!0},added_at:{width:8,falling:!0},completed_at:{width:8,falling:!0},protocol:{width:5.5},path:{width:14}},me=[`name`,`state`,`progress`,`size`,`download_rate`,`upload_rate`,`eta`,`ratio`,`client`],he=3,ge=60,_e=class{#e;constructor(e){this.memory=e,this.shown=xe(e.read(`columns`)),this.#e=Se(e.read(`widths`))}get all(){return[...this.shown,...S.filter(e=>!this.shown.includes(e))]}get total(){return this.shown.reduce((e,t)=>e+this.width(t),0)}width(e){return this.#e.get(e)??pe[e].width}isResized(e){return this.#e.has(e)}resize(e,t){t===null?this.#e.delete(e):this.#e.set(e,Math.min(ge,Math.max(he,t))),this.memory.write(`widths`,Object.fromEntries(this.#e))}show(e,t){e!==`name`&&t!==this.shown.includes(e)&&this.#t(t?[...this.shown,e]:this.shown.filter(t=>t!==e))}move(e,t){let n=this.shown.indexOf(e),r=Math.min(this.shown.length-1,Math.max(1,n+t));if(n<1||n===r)return;let i=this.shown.filter(t=>t!==e);i.splice(r,0,e),this.#t(i)}reset(){this.#e.clear(),this.memory.write(`widths`,{}),this.#t([...me])}#t(e){this.shown=e,this.memory.write(`columns`,e)}};function ve(e){return pe[e].figure??!1}function ye(e){return pe[e].falling?-1:1}function be(e){return S.some(t=>t===e)}function xe(e){return Array.isArray(e)?[`name`,...[...new Set(e.filter(be))].filter(e=>e!==`name`)]:[...me]}function Se(e){let t=typeof e==`object`&&e?Object.entries(e):[];return new Map(t.filter(e=>be(e[0])&&Number.isFinite(e[1])))}var Ce=[`off`,`safe`,`full`];function we(e,t){return Ce.indexOf(e)<Ce.indexOf(t)?e:t}var Te=class{#e=new Map;replace(e){this.#e.clear(),this.change(Object.fromEntries(e.map(e=>[e.bridge,e])))}change(e={}){for(let[t,n]of Object.entries(e))n===null||n.info===null?this.#e.delete(t):n.info!==void 0&&this.#e.set(t,n.info.control)}get most(){return Ce.findLast(e=>[...this.#e.values()].includes(e))??`off`}},C=class extends Error{constructor(e,t){super(t),this.code=e,this.name=`RequestFailure`}},Ee=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],De=new Set([`queued`,`metadata`,`downloading`,`stalled`,`checking`,`processing`,`seeding`,`unknown`]),Oe=new Set([`paused`,`failed`,`completed`,`unknown`]),ke=class{constructor(e,t,n){this.store=e,this.source=t,this.toasts=n}control(e){let t=this.store.bridges.get(this.store.clients.get(e)?.bridge??``);return we(this.store.reader.control,t?.info?.control??`off`)}allowed(e=this.store.clients.keys()){return[...e].some(e=>this.control(e)!==`off`)}deletable(e){return e.filter(e=>this.control(e.client)===`full`)}takes(e,t){return this.store.available(e)?t===`poll`?this.store.reader.polls??!0:this.control(e)!==`off`&&(this.store.clients.get(e)?.abilities.includes(t)??!1):!1}taking(e){return[...this.store.clients.keys()].filter(t=>this.takes(t,e))}fitting(e,t){let n=new Set(this.taking(e));return[...t].filter(t=>n.has(t.client)&&Ae(e,t))}async run(e,t,n={}){let r=[...je(t)].map(([t,r])=>this.ask(t,e,{ids:r.map(e=>e.id),...n}));return(await Promise.all(r)).every(Boolean)}async runAll(e,t){return(await Promise.all([...t].map(t=>this.ask(t,e,{all:!0})))).every(Boolean)}async ask(e,t,n={}){try{return await this.source.request(`client/${e}`,t,n),!0}catch(n){let r=this.store.clients.get(e)?.name??e;return this.toasts.show(`bad`,y(`toast.failed`,{client:r,verb:y(`verb.${t}`),reason:w(n)})),!1}}};function w(e){if(!(e instanceof C))throw e;switch(e.code){case`disconnected`:case`interrupted`:case`timeout`:case`too_large`:return e.message||y(`reason.${e.code}`);default:return e.message||y(`reason.failed`)}}function Ae(e,t){let n=x(t);switch(e){case`pause`:return De.has(n);case`resume`:return Oe.has(n);case`recheck`:case`reannounce`:return t.protocol===`torrent`;case`remove`:return!0}}function je(e){let t=new Map;for(let n of e){let e=t.get(n.client);e===void 0?t.set(n.client,[n]):e.push(n)}return t}var T=[`state`,`client`,`category`,`tag`],Me={words:[],state:new Set,client:new Set,category:new Set,tag:new Set};function Ne(e){return e.words.length>0||T.some(t=>e[t].size>0)}function Pe(e){return e.toLowerCase().split(/\s+/).filter(Boolean)}var Fe=new Set([...Object.values({state:`state`,client:`client`,category:`category`,tag:`tags`}),`name`]);function Ie(e,t,n){let r={state:new Map,client:new Map,category:new Map,tag:new Map},i=T.filter(e=>t[e].size>0),a=[];for(let o of e){if(o.shown=!1,t.words.length&&!Be(ze(o,n),t.words))continue;let e=i.filter(e=>!Le(o,e,t)),[s]=e;if(s===void 0){for(let e of T)Re(o,e,r);o.shown=!0,a.push(o)}else e.length===1&&Re(o,s,r)}return{rows:a,counts:r}}function Le(e,t,n){switch(t){case`state`:return n.state.has(x(e));case`client`:return n.client.has(e.client);case`category`:return n.category.has(e.category??``);case`tag`:return e.tags.length?e.tags.some(e=>n.tag.has(e)):n.tag.has(``)}}function Re(e,t,n){let r=n[t],i=e=>r.set(e,(r.get(e)??0)+1);if(t===`state`)i(x(e));else if(t===`client`)i(e.client);else if(t===`category`)i(e.category??``);else if(e.tags.length===0)i(``);else for(let t of e.tags)i(t)}function ze(e,t){return e.text??=[e.name,e.client,t(e.client),e.category,...e.tags].join(`
`).toLowerCase(),e.text}function Be(e,t){return t.every(t=>e.includes(t))}var Ve=class{constructor(e){this.compare=e,this.items=[]}reset(e,t=this.compare){this.compare=t,this.items=[...e].sort(t)}update(e,t){let n=this.items.filter(n=>!e.has(n)&&!t.has(n)),r=[...e].filter(e=>!t.has(e)).sort(this.compare),i=[],a=0;for(let e of r){let t=this.#e(n,e,a);for(;a<t;a+=1)i.push(n[a]);i.push(e)}for(;a<n.length;a+=1)i.push(n[a]);this.items=i}#e(e,t,n){let r=n,i=e.length;for(;r<i;){let n=r+i>>>1;this.compare(e[n],t)<=0?r=n+1:i=n}return r}},He={state:new Map,client:new Map,category:new Map,tag:new Map},Ue=class{#e;#t;#n;#r;#i;#a;constructor(e){this.store=e,this.rows=[],this.counts=He,this.version=0,this.#e=Me,this.#t={by:`state`,direction:1},this.#n=!0,this.#r=!0,this.#i=new Ve(ue),this.#a=new Ve(ue),this.#c=e=>this.store.clients.get(e)?.name??e}get filter(){return this.#e}set filter(e){this.#e=e,this.#r=!0}get sort(){return this.#t}set sort(e){this.#t=e,this.#n=!0}update(e){let t=e.added.length>0||e.removed.size>0,n=e.fields.has(`name`);e.all?this.#i.reset(this.store.downloads.values()):(t||n)&&this.#i.update(new Set([...e.added,...n?e.changed:[]]),e.removed),(e.all||t||n)&&this.#i.items.forEach((e,t)=>e.rank=t);let r=t||n||e.fields.has(this.#t.by);e.all||this.#n?this.#a.reset(this.store.downloads.values(),de(this.#t,this.#c)):r&&this.#a.update(new Set([...e.added,...e.changed]),e.removed);let i=t||[...e.fields].some(e=>Fe.has(e));e.all||this.#r||i?this.#s():(this.#n||r)&&this.#o(),this.#n=this.#r=!1}#o(){this.rows=this.#a.items.filter(e=>e.shown),this.version+=1}#s(){({rows:this.rows,counts:this.counts}=Ie(this.#a.items,this.#e,this.#c)),this.version+=1}#c},We=1e3,Ge=5,Ke=6e4;async function qe(e,t,n){let r=t.clients.get(n.client)?.bridge;return r===void 0?[]:(await Je(e,r,n.client,n.added_at)).filter(e=>e.id===n.id)}async function Je(e,t,n,r){let i=[],a=null;for(let o=0;o<Ge;o+=1){let o={...r===null?{}:{since:r},...a===null?{}:{before:a}},s=await e.request(`bridge/${t}`,`history`,{client:n,limit:We,...o});if(i.push(...s.finished),a=s.next,a===null)break}return i}function Ye(...e){return[...new Map(e.flat().map(e=>[`${e.event} ${e.at} ${e.to}`,e])).values()].sort((e,t)=>Date.parse(t.at)-Date.parse(e.at))}async function Xe(e,t,n,r){let i=Math.floor(t.now()/Ke)*Ke,a={since:new Date(i-r).toISOString(),until:new Date(i).toISOString()},o=async(t,n)=>{let r={limit:1,...a,...n===``?{}:{client:n}};return(await e.request(`bridge/${t}`,`history`,r)).rates.map(e=>({at:Date.parse(e.at),down:e.download_rate,up:e.upload_rate}))},s=[...t.bridges.values()].filter(({state:e})=>e===`online`).map(({bridge:e})=>e),c=()=>Promise.all(s.map(e=>o(e,``))),l=()=>{let e=[...t.clients.values()].filter(e=>s.includes(e.bridge)),r=n===``?e:e.filter(e=>e.client===n);return Promise.all(r.map(e=>o(e.bridge,e.client)))};return $e(Qe(n===``?await c().catch(e=>Ze(e,l)):await l()))}function Ze(e,t){if(e instanceof C&&e.code===`forbidden`)return t();throw e}function Qe(e){let t=new Map;for(let{at:n,down:r,up:i}of e.flat()){let e=t.get(n);t.set(n,{at:n,down:(e?.down??0)+(r??0),up:(e?.up??0)+(i??0)})}return[...t.values()].sort((e,t)=>e.at-t.at)}function $e(e){let t=e.slice(1).map(({at:t},n)=>t-(e[n]?.at??t)),n=Math.max(Ke,Math.min(...t));return e.flatMap((t,r)=>{let i=e[r-1];return i!==void 0&&t.at-i.at>n*1.5?[{at:i.at+n,down:null,up:null},t]:[t]})}function et(e,t){let n=e.flatMap(({at:e,[t]:n})=>n===null?[]:[{at:e,rate:n}]);if(n.length===0)return{peak:null,mean:null,sum:0};let r=n.reduce((e,{rate:t})=>e+t,0),[i,a]=[e[0]?.at??0,e.at(-1)?.at??0],o=r/n.length,s=e.length>1?(a-i)/(e.length-1)*n.length:0;return{peak:n.reduce((e,t)=>t.rate>e.rate?t:e),mean:o,sum:o*s/1e3}}var tt=6e4,nt=class{#e=null;#t=0;#n=new Set;constructor(e,t){this.source=e,this.store=t}look(){let e=this.store.takeMissed();if(e!==null&&(this.#e??=e,this.#t=Date.now()+tt,this.#n.clear()),this.#e!==null&&this.store.live){if(Date.now()>this.#t)this.#e=null;else for(let{client:e,bridge:t}of this.store.clients.values())this.#n.has(e)||this.store.bridges.get(t)?.state!==`online`||(this.#n.add(e),this.#r(t,e,new Date(this.#e).toISOString()))}}async#r(e,t,n){try{let r=await Je(this.source,e,t,n);for(let e of r.reverse())this.store.onEvent(e)}catch(e){if(!(e instanceof C))throw e}}},rt=600,it=class{constructor(){this.samples=[]}take(e,t){this.samples.push({at:e,down:t?.down??null,up:t?.up??null}),this.samples.length>rt&&this.samples.shift()}};function at(e){let[t,n]=[0,0];for(let{available:r,stats:i}of e)r&&(t+=i?.download_rate??0,n+=i?.upload_rate??0);return{down:t,up:n}}var ot=class{constructor(){this.keys=new Set,this.active=null,this.#e=null}#e;get size(){return this.keys.size}has(e){return this.keys.has(e)}only(e){this.keys.clear(),this.keys.add(e),this.active=this.#e=e}toggle(e){this.keys.delete(e)||this.keys.add(e),this.active=this.#e=e}extend(e,t){let n=this.#e??this.active??t,r=e.findIndex(e=>e.key===n),i=e.findIndex(e=>e.key===t);if(i<0)return;this.keys.clear();let[a,o]=r<0?[i,i]:[Math.min(r,i),Math.max(r,i)];for(let t of e.slice(a,o+1))this.keys.add(t.key);this.#e=r<0?t:n,this.active=t}move(e){this.active=e}all(e){for(let t of e)this.keys.add(t.key)}clear(){this.keys.clear(),this.#e=null}prune(e){for(let t of this.keys)e.get(t)?.shown||this.keys.delete(t);this.active!==null&&!e.get(this.active)?.shown&&(this.active=null),this.#e!==null&&!e.get(this.#e)?.shown&&(this.#e=null)}},st=500,ct=5e3,lt=()=>({all:!1,added:[],removed:new Set,changed:new Set,fields:new Set}),ut=[`name`,`category`,`tags`],dt=class{#e;#t;#n;#r;#i;#a;constructor(e,t=()=>void 0,n=()=>void 0){this.onChange=e,this.hearEvent=t,this.hearNotice=n,this.downloads=new Map,this.bridges=new Map,this.clients=new Map,this.events=[],this.link={phase:`connecting`},this.reader={user:null,control:`off`},this.broker=!0,this.ready=!1,this.lastTold=0,this.#e=0,this.#t=0,this.#n=null,this.#r=null,this.#i=lt(),this.#a=new Map}get live(){return this.link.phase===`live`}get stale(){return this.ready&&(!this.live||!this.broker)}now(){return Date.now()+this.#e}available(e){return this.live&&this.broker&&(this.clients.get(e)?.available??!1)}answered(e){let t=e.available?this.#a.get(e.client)??0:0;return Math.max(t,e.last_ok===null?0:Date.parse(e.last_ok))}take(){let e=this.#i;return this.#i=lt(),e}onLink(e){e.phase===`live`?this.#n=null:this.live&&(this.#n=this.lastTold),this.link=e,e.phase===`login`&&this.#s(),this.onChange()}onReader(e){this.reader=e,this.onChange()}onClock(e){this.#e=e-Date.now(),this.lastTold=Date.now()}takeMissed(){let e=this.#r;return this.#r=null,e===null?null:Math.max(e-ct,this.#t)+this.#e}onSnapshot(e){this.ready?this.#r??=this.#n??this.lastTold:this.#t=Date.now(),this.broker=e.broker,this.bridges=new Map(e.bridges.map(e=>[e.bridge,e])),this.clients=new Map(e.clients.map(e=>[e.client,e])),this.downloads.clear();for(let t of e.downloads){let e=pt(t);this.downloads.set(e.key,e)}this.#i.all=!0,this.ready=!0,this.#o()}onDelta(e){e.broker!==void 0&&(this.broker=e.broker);for(let[t,n]of Object.entries(e.set??{}))this.#c(t,n);for(let t of e.del??[])this.#l(t);this.#u(this.bridges,e.bridges),this.#u(this.clients,e.clients);for(let t of Object.keys(e.clients??{}))this.#a.set(t,this.now());this.#o()}onEvent(e){this.events.some(t=>ft(t,e))||(this.events.push(e),this.events.length>st&&this.events.splice(0,this.events.length-st),this.hearEvent(e),this.#o())}onNotice(e){this.hearNotice(e),this.#o()}#o(){this.lastTold=Date.now(),this.onChange()}#s(){this.downloads.clear(),this.bridges.clear(),this.clients.clear(),this.events=[],this.ready=!1,this.#i.all=!0}#c(e,t){let n=this.downloads.get(e);if(n===void 0){let n=pt(t);this.downloads.set(e,n),this.#i.added.push(n),this.#a.set(n.client,this.now())}else{Object.assign(n,t);for(let e in t)this.#i.fields.add(e);ut.some(e=>e in t)&&(n.text=null),this.#i.changed.add(n),this.#a.set(n.client,this.now())}}#l(e){let t=this.downloads.get(e);t!==void 0&&(this.downloads.delete(e),this.#i.removed.add(t))}#u(e,t){for(let[n,r]of Object.entries(t??{}))r===null?e.delete(n):e.set(n,{...e.get(n),...r}),this.#i.all||=r===null||`name`in r}};function ft(e,t){return e.at===t.at&&e.id===t.id&&e.client===t.client&&e.event===t.event}function pt(e){return Object.assign(e,{key:`${e.client}:${e.id}`,rank:0,text:null,shown:!1})}var mt={good:5,bad:12},ht=class{#e;constructor(e){this.onChange=e,this.shown=[],this.#e=1}show(e,t){if(this.shown.some(e=>e.text===t))return;let n=this.#e++;this.shown=[...this.shown,{id:n,tone:e,text:t}].slice(-4),setTimeout(()=>this.dismiss(n),mt[e]*1e3),this.onChange()}dismiss(e){this.shown=this.shown.filter(t=>t.id!==e),this.onChange()}},gt=1e3,_t=1e3,vt=class{#e;#t;#n;#r;#i;#a;constructor(e,t){this.source=e,this.memory=t,this.selection=new ot,this.rates=new it,this.opened=null,this.#e=new Set,this.#t=new Set,this.#n=new Set,this.#i=!1,this.touch=()=>{this.#i||(this.#i=!0,globalThis.document?.hidden??!0?setTimeout(this.#s,_t):requestAnimationFrame(this.#s))},this.#o=()=>{let{store:e}=this;this.rates.take(Date.now(),e.live&&e.broker?at(e.clients.values()):null),this.touch()},this.#s=()=>{this.#i=!1,this.#r.look(),this.listing.update(this.store.take()),this.selection.prune(this.store.downloads);for(let e of this.#e)e()},this.toasts=new ht(this.touch),this.store=new dt(this.touch,e=>this.#t.forEach(t=>t(e)),e=>this.#n.forEach(t=>t(e))),this.#r=new nt(e,this.store),this.listing=new Ue(this.store),this.columns=new _e(t),this.commands=new ke(this.store,e,this.toasts),this.listing.sort=yt(t.read(`sort`))}start(){this.source.start(this.store),this.#a=setInterval(this.#o,gt)}stop(){this.source.stop(),clearInterval(this.#a)}watch(e){return this.#e.add(e),()=>this.#e.delete(e)}onEvent(e){return this.#t.add(e),()=>this.#t.delete(e)}onNotice(e){return this.#n.add(e),()=>this.#n.delete(e)}get filter(){return this.listing.filter}narrow(e){this.listing.filter={...this.listing.filter,...e},this.touch()}choose(e,t,n){let r=this.listing.filter[e],i=t.every(e=>r.has(e))&&(n||r.size===t.length),a=new Set(n?r:[]);for(let e of t)i?a.delete(e):a.add(e);this.narrow({[e]:a})}showEverything(){this.narrow(Me)}sortBy(e,t){let{sort:n}=this.listing,r=n.direction===1?-1:1;this.listing.sort={by:e,direction:t??(e===n.by?r:ye(e))},this.memory.write(`sort`,this.listing.sort),this.touch()}open(e){this.opened=e,this.touch()}get selected(){return this.listing.rows.filter(e=>this.selection.has(e.key))}#o;#s};function yt(e){let{by:t,direction:n}=e??{},r=S.find(e=>e===t);return{by:r??`state`,direction:r!==void 0&&n===-1?-1:1}}var bt=500,xt=3e4,St=class{#e=0;constructor(e=Math.random,t=xt){this.random=e,this.longest=t}next(){let e=Math.min(this.longest,bt*2**this.#e);return this.#e+=1,e*(.5+this.random())}reset(){this.#e=0}},Ct=class{constructor(e,t){this.base=e,this.fetch=t}async session(){try{let e=await this.fetch(new URL(`session`,this.base),{cache:`no-store`});if(e.status===404)return{kind:`open`,user:null};if(e.status!==200&&e.status!==401)return{kind:`unreachable`};let t=await e.json();return e.status===401?{kind:`login`,form:t.login!==`none`}:{kind:`open`,user:t.user??null}}catch{return{kind:`unreachable`}}}async login(e,t){let n=await this.#e(`login`,{user:e,password:t});if(!n.ok)throw n.status===401?new C(`unauthorized`,``):n.status===429?new C(`too_many`,n.headers.get(`Retry-After`)??``):await E(n)}async logout(){let e=await this.#e(`logout`,{});if(!e.ok&&e.status!==401)throw await E(e)}async request(e,t,n){let r=await this.#e(`request/${e}/${t}`,n);if(!r.ok)throw await E(r);let i=await r.json();if(i.status===`error`)throw new C(i.error?.code??`failed`,i.error?.message??``);return i.data??null}async#e(e,t){try{return await this.fetch(new URL(e,this.base),{method:`POST`,headers:{"Content-Type":`application/json`},body:JSON.stringify(t)})}catch{throw new C(`interrupted`,``)}}};async function E(e){try{let t=await e.json();if(t.error)return new C(t.error.code,t.error.message)}catch{}return new C(e.status===413?`too_large`:`failed`,``)}var wt=2.5,Tt=250,Et=5e3,Dt=3e4,Ot=65e3,kt=3e4,At=4401,jt=1e4,Mt=class{#e;#t;#n;#r;#i;#a;#o;#s;#c;#l;#u;#d;#f;#p;#m;#h;#g;#_;#v;#y;#b;#x;#S;constructor(e,t={}){this.login={login:async(e,t)=>this.#C(this.#e.login(e,t)),logout:async()=>this.#C(this.#e.logout())},this.#i=new Map,this.#a=null,this.#o=null,this.#s=0,this.#u=15e3,this.#d=0,this.#f=0,this.#p=1/0,this.#m=null,this.#h=``,this.#g=null,this.#_=new Te,this.#v=null,this.#y=`off`,this.#b=!1,this.#x=0,this.#S={phase:`connecting`},this.#L=()=>{this.#S.phase===`waiting`&&this.#w()},this.#R=()=>{globalThis.document.hidden||(this.#L(),this.#S.phase===`live`&&this.#o!==null&&(this.#p=Math.min(this.#p,Date.now()+Et),this.#o.send(`{"t":"ping"}`)))},this.#n={WebSocket:globalThis.WebSocket,fetch:(...e)=>globalThis.fetch(...e),random:Math.random,...t},this.#r=new URL(`api/v1/`,e),this.#e=new Ct(this.#r,this.#n.fetch),this.#t=new St(this.#n.random)}start(e){this.#a=e,this.#l=setInterval(()=>this.#I(),Tt),globalThis.addEventListener?.(`online`,this.#L),globalThis.document?.addEventListener(`visibilitychange`,this.#R),this.#w()}stop(){this.#s+=1,clearTimeout(this.#c),clearInterval(this.#l),globalThis.removeEventListener?.(`online`,this.#L),globalThis.document?.removeEventListener(`visibilitychange`,this.#R),this.#P(),this.#a=null}retry(){(this.#S.phase===`waiting`||this.#S.phase===`login`)&&this.#w()}async request(e,t,n={}){if(this.#S.phase!==`live`||this.#o===null)throw new C(`disconnected`,``);this.#x+=1;let r=`${this.#h}-${this.#s}-${this.#x}-${this.#n.random().toString(36).slice(2)}`,i=JSON.stringify({t:`request`,topic:e,verb:t,transaction:r,...n});if(i.length*3>kt&&new TextEncoder().encode(i).length>kt)return this.#e.request(e,t,{transaction:r,...n});let a=this.#o;return new Promise((e,n)=>{let o=setTimeout(()=>{this.#i.delete(r),n(new C(`timeout`,``))},t===`add`?Ot:Dt);this.#i.set(r,{resolve:e,reject:n,timer:o}),a.send(i)})}async#C(e){await e,this.#m=null,this.#w()}async#w(){clearTimeout(this.#c),this.#P();let e=++this.#s;this.#F({phase:`connecting`});let t=await this.#e.session();e===this.#s&&(t.kind===`login`?this.#F({phase:`login`,form:t.form}):t.kind===`unreachable`?this.#N():(this.#g=t.user,this.#T(e)))}#T(e){let t=new URL(`ws`,this.#r);t.protocol=t.protocol.replace(`http`,`ws`),this.#m!==null&&(t.searchParams.set(`epoch`,this.#m.epoch),t.searchParams.set(`seq`,String(this.#m.seq)));let n=new this.#n.WebSocket(t.href);this.#o=n,this.#d=Date.now();let r=()=>e===this.#s&&n===this.#o;n.onmessage=e=>{r()&&this.#E(JSON.parse(e.data))},n.onclose=e=>{r()&&(e.code===At?this.#w():this.#N())}}#E(e){let t=this.#a;if(t!==null)switch(this.#d=Date.now(),this.#p=1/0,e.t){case`hello`:return this.#D(e.epoch,e.heartbeat,e.recovered,e.control);case`snapshot`:return this.#k(e.seq),t.onSnapshot(e),this.#_.replace(e.bridges),this.#O(),this.#A();case`delta`:if(e.prev!==this.#m?.seq)return this.#j();this.#k(e.seq),t.onDelta(e);for(let n of e.events??[])t.onEvent(n);return this.#_.change(e.bridges),this.#O();case`event`:return this.#k(e.seq),t.onEvent(e);case`notification`:return this.#k(e.seq),t.onNotice(e);case`heartbeat`:return t.onClock(Date.parse(e.at));case`response`:return this.#M(e)}}#D(e,t,n,r){this.#u=t*1e3,this.#h=e,n||(this.#m=null),this.#b=!1,this.#y=r,this.#a?.onReader({user:this.#g,control:r}),this.#o?.send(`{"t":"ping"}`),n&&this.#A()}#O(){let[e,t]=[this.#v,this.#_.most];this.#v=t,e===null||t===e||t===this.#y||this.#b||(this.#b=!0,this.#o?.send(`{"t":"subscribe"}`))}#k(e){this.#m={epoch:this.#h,seq:e}}#A(){this.#S.phase!==`live`&&(this.#f=Date.now(),this.#F({phase:`live`}))}#j(){this.#m=null,this.#N()}#M(e){let t=this.#i.get(e.transaction??``);t!==void 0&&(this.#i.delete(e.transaction??``),clearTimeout(t.timer),e.status===`ok`?t.resolve(e.data??null):t.reject(new C(e.error?.code??`failed`,e.error?.message??``)))}#N(){this.#S.phase===`live`&&Date.now()-this.#f>jt&&this.#t.reset(),this.#s+=1,this.#P(),clearTimeout(this.#c);let e=this.#t.next();this.#c=setTimeout(()=>void this.#w(),e),this.#F({phase:`waiting`,retryAt:Date.now()+e})}#P(){let e=this.#o;this.#o=null,this.#b=!1,this.#p=1/0,e!==null&&(e.onmessage=e.onclose=null,e.close());for(let{reject:e,timer:t}of this.#i.values())clearTimeout(t),e(new C(`interrupted`,``));this.#i.clear()}#F(e){this.#S=e,this.#a?.onLink(e)}#I(){if(this.#o===null)return;let e=Date.now();(e-this.#d>wt*this.#u||e>this.#p)&&this.#N()}#L;#R},D=e=>(t,n)=>{n===void 0?customElements.define(e,t):n.addInitializer(()=>{customElements.define(e,t)})},Nt={attribute:!0,type:String,converter:t,reflect:!1,hasChanged:s},Pt=(e=Nt,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function O(e){return(t,n)=>typeof n==`object`?Pt(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function k(e){return O({...e,state:!0,attribute:!1})}var Ft=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function A(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return Ft(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return Ft(n,r,{get(){return a(this)}})}}function j(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var M=class extends ee{#e;connectedCallback(){super.connectedCallback(),this.#t()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}willUpdate(e){e.has(`model`)&&this.#t()}tell(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}#t(){this.#e?.();let e=this.model;this.#e=this.isConnected?e?.watch(()=>this.requestUpdate()):void 0}};j([O({attribute:!1})],M.prototype,`model`,void 0);var N=v(`*,:before,:after{box-sizing:border-box}:host([hidden]),[hidden]{display:none!important}h1,h2,h3,p,ul,ol,dl,dd{font:inherit;margin:0;padding:0;list-style:none}button,input,select{font:inherit;color:inherit;letter-spacing:inherit;margin:0}button{text-align:start;cursor:pointer;-webkit-tap-highlight-color:transparent;background:0 0;border:0;padding:0}button:disabled{cursor:default;opacity:.42}:focus-visible{outline:2px solid var(--d2m-accent);outline-offset:1px}svg.icon{fill:none;stroke:currentColor;stroke-width:1.75px;stroke-linecap:round;stroke-linejoin:round;flex:none;width:1.125rem;height:1.125rem}.button{border-radius:var(--d2m-radius);white-space:nowrap;justify-content:center;align-items:center;gap:.45rem;min-height:2.125rem;padding:0 .7rem;font-weight:500;transition:background-color .12s;display:inline-flex}.button:not(:disabled):hover,.button[aria-expanded=true]{background:color-mix(in srgb, var(--d2m-ink) 7%, transparent)}.button.icon-only{width:2.125rem;color:var(--d2m-muted);padding:0}.button.icon-only:not(:disabled):hover{color:var(--d2m-ink)}.button.primary{background:var(--d2m-accent);color:var(--d2m-on-accent)}.button.primary:not(:disabled):hover{background:color-mix(in srgb, var(--d2m-accent) 88%, var(--d2m-ink))}.button.danger{color:var(--d2m-red)}.button.danger.primary{background:var(--d2m-red);color:var(--d2m-surface)}.button.outlined{border:1px solid var(--d2m-line)}.unseen{clip-path:inset(50%);white-space:nowrap;width:1px;height:1px;position:absolute;overflow:hidden}dialog,[popover]{border:1px solid var(--d2m-line);border-radius:var(--d2m-radius-large);background:var(--d2m-raised);color:var(--d2m-ink);box-shadow:var(--d2m-shadow)}dialog{max-width:min(32rem,100vw - 2rem);max-height:calc(100dvh - 2rem);padding:0}[popover]{margin:0;position:fixed}dialog::backdrop{background:#080b0f73}@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}@media (pointer:coarse){.button{min-height:2.5rem}.button.icon-only{width:2.5rem}}`),It=v(`:host{color-scheme:light dark;--d2m-paper:#f4f5f7;--d2m-surface:#fff;--d2m-raised:#fff;--d2m-sunken:#eef0f3;--d2m-ink:#191d22;--d2m-muted:#5d6672;--d2m-line:#e2e5e9;--d2m-track:#e4e7eb;--d2m-accent:#2457cb;--d2m-on-accent:#fff;--d2m-blue:#2457cb;--d2m-green:#17774a;--d2m-amber:#955400;--d2m-red:#bf2b2b;--d2m-violet:#7140c2;--d2m-teal:#096d79;--d2m-grey:#5d6672;--d2m-shadow:0 1px 2px #1018280f, 0 12px 32px #10182824;--d2m-radius:.5rem;--d2m-radius-large:.75rem;--d2m-unit:1rem;--d2m-row:2.375rem;--d2m-row-phone:4.75rem;--d2m-font:system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;--d2m-mono:ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace}@media (prefers-color-scheme:dark){:host{--d2m-paper:#0e1114;--d2m-surface:#15181c;--d2m-raised:#1d2126;--d2m-sunken:#0f1215;--d2m-ink:#e6e9ed;--d2m-muted:#98a2ae;--d2m-line:#252a30;--d2m-track:#2a3037;--d2m-accent:#7ba6ff;--d2m-on-accent:#0c1424;--d2m-blue:#6f9dfb;--d2m-green:#4fbf88;--d2m-amber:#e2a446;--d2m-red:#f5807c;--d2m-violet:#b496f5;--d2m-teal:#52c2cf;--d2m-grey:#939da9;--d2m-shadow:0 1px 2px #0006, 0 16px 40px #0000008c}}`),Lt=new URL(`favicon.929bf1f7280e.svg`,import.meta.url).href,Rt=`.fields{grid-template-columns:repeat(auto-fit,minmax(min(12rem,100%),1fr));gap:.9rem 1rem;display:grid}.field{align-content:start;gap:.3rem;min-width:0;display:grid}.field.wide{grid-column:1/-1}.field>span:first-child{color:var(--d2m-ink);font-size:.82rem;font-weight:600}.hint{color:var(--d2m-muted);font-size:.79rem}.field input:not([type=checkbox]),.field select,.field textarea{border:1px solid color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));border-radius:var(--d2m-radius);background:var(--d2m-surface);width:100%;min-height:2.25rem;color:var(--d2m-ink);font:inherit;padding:.35rem .65rem}.field textarea{resize:vertical;min-height:5.5rem;font:.85rem/1.5 var(--d2m-mono);overflow-wrap:anywhere}.field :is(input,select,textarea):focus-visible{outline:2px solid var(--d2m-accent);outline-offset:-1px;border-color:#0000}.field ::placeholder{color:var(--d2m-muted);opacity:1}.tick{align-items:center;gap:.6rem;min-height:2.25rem;display:flex}.tick input{width:1.1rem;height:1.1rem;accent-color:var(--d2m-accent);flex:none}.with-unit{display:block;position:relative}.with-unit>span{inset-inline-end:.65rem;color:var(--d2m-muted);pointer-events:none;font-size:.82rem;position:absolute;top:50%;translate:0 -50%}.with-unit input{appearance:textfield;padding-inline-end:3.2rem!important}.feet{flex-wrap:wrap;justify-content:flex-end;align-items:center;gap:.5rem;display:flex}.sentence{border-radius:var(--d2m-radius);background:color-mix(in srgb, var(--d2m-red) 10%, transparent);color:var(--d2m-red);overflow-wrap:anywhere;padding:.6rem .8rem}@media (pointer:coarse){.field input:not([type=checkbox]),.field select,.field textarea{min-height:2.75rem;font-size:16px}}`,zt=`dialog{background:var(--d2m-paper);width:100vw;max-width:none;height:100dvh;max-height:none;color:var(--d2m-ink);font:400 .9rem/1.45 var(--d2m-font);border:0;border-radius:0;margin:0;padding:1rem;overflow-y:auto}dialog[open]{place-items:center;display:grid}.card{border:1px solid var(--d2m-line);background:var(--d2m-surface);width:min(23rem,100%);box-shadow:var(--d2m-shadow);border-radius:1rem;justify-items:center;gap:.9rem;padding:2rem 1.8rem 1.8rem;display:grid}form,.elsewhere{gap:.9rem;width:100%;display:grid}h1{text-align:center;letter-spacing:-.015em;font-size:1.25rem;font-weight:650}h1 b{color:var(--d2m-accent);font-weight:inherit}.text{text-align:center;color:var(--d2m-muted);margin-top:-.6rem}.tick{min-height:1.5rem;color:var(--d2m-muted)}.button.primary{min-height:2.5rem}.field input:not([type=checkbox]){min-height:2.5rem;font-size:16px}`,P=class extends M{constructor(...e){super(...e),this.busy=!1,this.trouble=``,this.seen=!1,this.#e=!1,this.#i=async e=>{e.preventDefault();let[t,n]=[this.user?.value??``,this.password?.value??``];if(!this.busy){[this.busy,this.trouble]=[!0,``];try{await this.model.source.login?.login(t,n),this.password!==null&&(this.password.value=``)}catch(e){this.trouble=Bt(e),this.password?.select()}this.busy=!1}}}#e;createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),document.adoptedStyleSheets.includes(Vt)||document.adoptedStyleSheets.push(Vt)}render(){let{link:e}=this.model.store;return this.#t?m`<dialog
      aria-label=${y(`login.title`)}
      @cancel=${e=>e.preventDefault()}
      @close=${()=>this.dialog?.showModal()}
      @keydown=${e=>e.stopPropagation()}
    >
      <div class="card">
        <img src=${Lt} alt="" width="48" height="48" />
        ${e.phase===`login`&&!e.form?this.#r():this.#n()}
      </div>
    </dialog>`:a}updated(){this.#t!==this.#e&&(this.#e=this.#t,this.#e||([this.trouble,this.busy]=[``,!1]),this.dialog?.showModal(),(this.user??this.querySelector(`button`))?.focus())}get#t(){let{store:e}=this.model;return e.link.phase===`login`||this.#e&&!e.ready&&e.link.phase===`connecting`}#n(){return m`<form method="post" action="" @submit=${this.#i}>
      <h1>downloads<b>2</b>mqtt</h1>
      <p class="text">${y(`login.text`)}</p>
      <label class="field"
        ><span>${y(`login.user`)}</span
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
        ><span>${y(`login.password`)}</span
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
        />${y(`login.show`)}</label
      >
      <p id="login-trouble" role="alert" class=${this.trouble?`sentence`:`unseen`}>${this.trouble}</p>
      <button class="button primary" type="submit" ?disabled=${this.busy}>
        ${y(this.busy?`login.under_way`:`login.submit`)}
      </button>
    </form>`}#r(){return m`<div class="elsewhere">
      <h1>${y(`login.elsewhere`)}</h1>
      <p class="text">${y(`login.elsewhere_text`)}</p>
      <button class="button primary" @click=${()=>this.model.source.retry()}>${y(`login.retry`)}</button>
    </div>`}#i};j([k()],P.prototype,`busy`,void 0),j([k()],P.prototype,`trouble`,void 0),j([k()],P.prototype,`seen`,void 0),j([A(`dialog`)],P.prototype,`dialog`,void 0),j([A(`[name=password]`)],P.prototype,`password`,void 0),j([A(`[name=username]`)],P.prototype,`user`,void 0),P=j([D(`d2m-login-form`)],P);function Bt(e){if(!(e instanceof C))throw e;if(e.code===`unauthorized`)return y(`login.wrong`);if(e.code!==`too_many`)return y(`login.failed`,{reason:w(e)});let t=Number(e.message);return t>0?y(`login.too_many`,{time:h(t)}):y(`login.too_many_some`)}var Vt=new CSSStyleSheet;Vt.replaceSync(`${It.cssText.replaceAll(`:host`,`d2m-login-form`)}
  d2m-login-form { ${N.cssText} ${Rt} ${zt} }`);var Ht={add:`M12 5v14M5 12h14`,attention:`M12 4 2.8 19.5h18.4L12 4ZM12 10v4.2M12 17v.01`,bell:`M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4`,copy:`M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4`,chart:`M4 4v16h16M7.5 14.5l3.5-4 3 2.5 4.5-6`,check:`m5 12.5 4.5 4.5L19 7.5`,clear:`M6 6l12 12M18 6 6 18`,columns:`M4 5h16v14H4zM9.5 5v14M15 5v14`,down:`M12 4.5v14M6 13l6 6 6-6`,edit:`M4.5 19.5h4L19 9a2.1 2.1 0 0 0-3-3L5.5 16.5l-1 3ZM14 8l3 3`,file:`M6 3.5h8l4 4v13H6zM14 3.5v4h4`,filter:`M4 6h16M7 12h10M10 18h4`,help:`M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z`,layers:`m12 4 8.5 4.5L12 13 3.5 8.5 12 4ZM4 12.5l8 4.3 8-4.3M4 16.2l8 4.3 8-4.3`,leave:`M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5`,more:`M12 5.5v.01M12 12v.01M12 18.5v.01`,pause:`M8.5 5.5v13M15.5 5.5v13`,recheck:`M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2M20 4.5v4.7h-4.7`,refresh:`M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.2M20 4.5v4.7h-4.7M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.8M4 19.5v-4.7h4.7`,remove:`M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5`,resume:`M8 5.5v13l10.5-6.5L8 5.5Z`,search:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4`,select:`M4.5 4.5h15v15h-15zM8.5 12l2.5 2.5 4.5-5`,sort:`M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5`,up:`M12 19.5v-14M6 11l6-6 6 6`,user:`M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0`,checking:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4M8.3 11l2 2 3.4-3.8`,completed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.6`,downloading:`M12 4v11M7 10.5l5 5 5-5M5 19.5h14`,failed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.2M12 16.2v.01`,metadata:`M10 13.5a4 4 0 0 0 6 .4l2.6-2.6a4 4 0 0 0-5.6-5.6l-1.4 1.3M14 10.5a4 4 0 0 0-6-.4l-2.6 2.6a4 4 0 0 0 5.6 5.6l1.4-1.3`,paused:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6`,processing:`M12 3.5 20 8v8l-8 4.5L4 16V8l8-4.5ZM4.3 8.2 12 12.5l7.7-4.3M12 12.5v8`,queued:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.2V12l3.2 2`,seeding:`M12 20V9M7 13.5l5-5 5 5M5 4.5h14`,stalled:`M7 4h10M7 20h10M8 4c0 4 8 6 8 8s-8 4-8 8M16 4c0 4-8 6-8 8s8 4 8 8`,unknown:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 10a2 2 0 1 1 2.9 1.8c-.6.4-.9.8-.9 1.5M12 16.2v.01`};function F(e){return c`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${Ht[e]}></path></svg>`}var Ut=12e6,Wt=32768,Gt=/^(https?:\/\/|magnet:\?)/i,Kt=/\.(torrent|nzb)$/i;function qt(e){let t=e.split(/\s*\n\s*/).map(e=>e.trim());return[...new Set(t.filter(e=>e!==``))].map(e=>({name:e,label:Zt(e),file:null,outcome:Gt.test(e)?{is:`waiting`}:{is:`failed`,why:y(`add.bad_link`)}}))}function Jt(e){let t=e.trim().split(/\s*\n\s*/);return e.trim()!==``&&t.every(e=>Gt.test(e))}function Yt(e){return{name:e.name,label:e.name,file:e,outcome:Xt(e)}}function Xt(e){return Kt.test(e.name)?e.size===0?{is:`failed`,why:y(`add.empty_file`)}:e.size>12e6?{is:`failed`,why:y(`add.big_file`,{size:_(Ut)})}:{is:`waiting`}:{is:`failed`,why:y(`add.bad_file`)}}function Zt(e){try{let t=new URL(e);return t.protocol===`magnet:`?t.searchParams.get(`dn`)||t.searchParams.get(`xt`)||e:decodeURIComponent(t.pathname.split(`/`).filter(Boolean).at(-1)??``)||t.host}catch{return e}}function Qt(e){if(/^magnet:/i.test(e.name))return`torrent`;let t=e.name.replace(/[?#].*$/,``),n=Kt.exec(t)?.[1]?.toLowerCase();return n===`nzb`?`usenet`:n===`torrent`?`torrent`:null}function $t(e,{store:t,commands:n}){let r=e===null?null:Qt(e);return n.taking(`add`).filter(e=>r===null||t.clients.get(e)?.protocol===r)}async function en(e,t,n,r){try{let i={...await nn(e),...n};return t===``?await tn(e,i,r):{is:`taken`,client:t,id:an(await r.source.request(`client/${t}`,`add`,i))}}catch(e){return{is:`failed`,why:e instanceof C?w(e):y(`add.unreadable`)}}}async function tn(e,t,n){let[r]=$t(e,n),i=r===void 0?void 0:n.store.clients.get(r)?.bridge;if(r===void 0||i===void 0)return{is:`failed`,why:y(n.store.live?`add.nobody`:`reason.disconnected`)};try{let e=await n.source.request(`bridge/${i}`,`add`,t);return{is:`taken`,client:e?.client??r,id:an(e)}}catch(e){if(!(e instanceof C)||e.code!==`forbidden`)throw e;return{is:`taken`,client:r,id:an(await n.source.request(`client/${r}`,`add`,t))}}}async function nn(e){return e.file===null?{url:e.name}:{content:await rn(e.file),filename:e.name.slice(-255)}}async function rn(e){let t=new Uint8Array(await e.arrayBuffer()),n=``;for(let e=0;e<t.length;e+=Wt)n+=String.fromCharCode(...t.subarray(e,e+Wt));return btoa(n)}function an(e){return e?.id??null}function on({outcome:e,file:t,name:n}){return e.is===`waiting`||e.is===`failed`&&(t===null?qt(n)[0]:Yt(t))?.outcome.is===`waiting`}function sn(e){let t=t=>String(e.get(t)??``).trim(),n={};for(let e of[`category`,`path`])t(e)!==``&&(n[e]=t(e));let r=ln(t(`tags`));return r.length>0&&(n.tags=r),e.get(`paused`)!==null&&(n.paused=!0),t(`priority`)!==``&&(n.priority=Number(t(`priority`))),n}function cn(e,t){let n=e=>String(t.get(e)??``).trim(),r={};n(`category`)!==(e.category??``)&&(r.category=n(`category`));let i=ln(n(`tags`));i.join(`
`)!==e.tags.join(`
`)&&(r.tags=i);for(let e of[`priority`,`queue_position`])n(e)!==``&&(r[e]=Number(n(e)));for(let e of[`download_limit`,`upload_limit`])n(e)!==``&&(r[e]=Number(n(e))*1e3);return r}function ln(e){let t=e.split(`,`).map(e=>e.trim());return[...new Set(t.filter(e=>e!==``))]}function un(e){let t=new Set;for(let{category:n}of e)n&&t.add(n);return[...t].sort((e,t)=>e.localeCompare(t))}var dn=[`text/uri-list`,`text/plain`],fn=class{#e=null;#t=0;constructor(e){this.listener=e}listen(e){this.#e=e;for(let[t,n]of this.#l)e.addEventListener(t,n)}stop(){for(let[e,t]of this.#l)this.#e?.removeEventListener(e,t);this.#e=null}#n=e=>{this.#s(e)&&(this.#t+=1,this.#t===1&&this.listener.onHover(!0),e.preventDefault())};#r=e=>{let t=this.#s(e);(t||e.dataTransfer?.types.includes(`Files`))&&(e.preventDefault(),e.dataTransfer&&(e.dataTransfer.dropEffect=t?`copy`:`none`))};#i=e=>{this.#s(e)&&(this.#t=Math.max(0,this.#t-1),this.#t===0&&this.listener.onHover(!1))};#a=e=>{this.#s(e)&&(e.preventDefault(),this.#t=0,this.listener.onHover(!1),e.dataTransfer&&this.#c(e.dataTransfer))};#o=e=>{let[t]=e.composedPath(),n=t instanceof Element&&t.matches(`input, textarea, select, [contenteditable]`),r=e.clipboardData?.files.length??0;e.clipboardData===null||n&&r===0||!this.listener.mayDrop()||(this.#c(e.clipboardData),r>0&&e.preventDefault())};#s(e){let t=e.dataTransfer?.types??[],[n]=e.composedPath();return!(n instanceof Element&&n.matches(`input, textarea`)&&!t.includes(`Files`))&&(t.includes(`Files`)||t.includes(`text/uri-list`))&&this.listener.mayDrop()}#c(e){let t=[...e.files];if(t.length>0)return this.listener.onFiles(t);let n=dn.map(t=>e.getData(t)).find(e=>e!==``)??``;this.listener.onText(n.replace(/^#.*$/gm,``).trim())}#l=[[`dragenter`,this.#n],[`dragover`,this.#r],[`dragleave`,this.#i],[`drop`,this.#a],[`paste`,this.#o]]},pn=`form{border:1px solid var(--d2m-line);border-radius:var(--d2m-radius-large);background:var(--d2m-surface);gap:.9rem;margin:.2rem 0 .6rem;padding:.9rem 1rem 1rem;display:grid}.fields{grid-template-columns:repeat(auto-fit,minmax(min(8.5rem,100%),1fr))}`,mn=[[`-1`,`priority.low`],[`0`,`priority.normal`],[`1`,`priority.high`],[`2`,`priority.first`]],I=class extends M{constructor(...e){super(...e),this.busy=!1,this.#e=null,this.#t=async e=>{if(e.preventDefault(),this.busy)return;let t=cn(this.#e??this.row,new FormData(this.form));if(Object.keys(t).length===0)return void this.tell(`d2m-close`);let{commands:n,toasts:r}=this.model;this.busy=!0;let i=await n.ask(this.row.client,`set`,{ids:[this.row.id],...t});this.busy=!1,i&&(r.show(`good`,y(`set.saved`)),this.tell(`d2m-close`))},this.#n=e=>{e.key===`Escape`&&(e.stopPropagation(),e.preventDefault(),this.tell(`d2m-close`))}}#e;static{this.styles=[N,v(Rt),v(pn)]}willUpdate(e){super.willUpdate(e),this.#e?.key!==this.row.key&&(this.#e={...this.row})}firstUpdated(){this.form.querySelector(`input, select`)?.focus()}render(){let e=this.#e??this.row,t=un(this.model.store.downloads.values()),n=e=>m`<label class="field"
        ><span>${y(`fact.${e}`)}</span
        ><span class="with-unit"
          ><input name=${e} type="number" min="0" step="1" inputmode="numeric" /><span aria-hidden="true"
            >${y(`unit.kilobytes_per_second`)}</span
          ></span
        ><span class="hint">${y(`set.limit_hint`)}</span></label
      >`;return m`<form aria-label=${y(`set.title`)} @submit=${this.#t} @keydown=${this.#n}>
      <div class="fields">
        <label class="field"
          ><span>${y(`column.category`)}</span
          ><input name="category" .value=${e.category??``} list="categories" autocomplete="off"
        /></label>
        <label class="field"
          ><span>${y(`column.tags`)}</span><input name="tags" .value=${e.tags.join(`, `)} autocomplete="off" /><span
            class="hint"
            >${y(`set.tags_hint`)}</span
          ></label
        >
        <label class="field"
          ><span>${y(`priority.label`)}</span
          ><select name="priority">
            <option value="">${y(`priority.keep`)}</option>
            ${mn.map(([e,t])=>m`<option value=${e}>${y(t)}</option>`)}
          </select></label
        >
        <label class="field"
          ><span>${y(`column.queue_position`)}</span
          ><input name="queue_position" type="number" min="1" step="1" inputmode="numeric" /><span class="hint"
            >${y(`set.queue_hint`)}</span
          ></label
        >
        ${n(`download_limit`)} ${e.protocol===`usenet`?``:n(`upload_limit`)}
      </div>
      <datalist id="categories">${t.map(e=>m`<option value=${e}></option>`)}</datalist>
      <div class="feet">
        <button class="button outlined" type="button" @click=${()=>this.tell(`d2m-close`)}>${y(`set.cancel`)}</button>
        <button class="button primary" type="submit" aria-disabled=${this.busy?`true`:`false`}>
          ${y(`set.save`)}
        </button>
      </div>
    </form>`}#t;#n};j([O({attribute:!1})],I.prototype,`row`,void 0),j([A(`form`)],I.prototype,`form`,void 0),j([k()],I.prototype,`busy`,void 0),I=j([D(`d2m-set-form`)],I);var hn=`.over{width:min(var(--width,34rem), calc(100vw - 2rem));max-width:none;overflow:hidden}.over[open]{flex-direction:column;animation:.16s ease-out rise;display:flex}@keyframes rise{0%{opacity:0;translate:0 .6rem}}.over>header{flex:none;justify-content:space-between;align-items:center;gap:1rem;padding:.85rem .8rem .6rem 1.4rem;display:flex}.over>header h2{letter-spacing:-.01em;font-size:1.1rem;font-weight:650}.content{flex:1;min-height:0;padding:.2rem 1.4rem 1.3rem;overflow-y:auto}@media (width<=44rem){.over{border-width:1px 0 0;border-radius:1rem 1rem 0 0;width:100vw;max-height:calc(100dvh - 1.5rem);margin:auto 0 0}.over>header{padding-inline:1.1rem .6rem}.content{padding:.2rem 1.1rem max(1.2rem, env(safe-area-inset-bottom))}}`,L=class extends M{constructor(...e){super(...e),this.shown=!1,this.closesOutside=!0,this.#e=e=>{e.composedPath().some(e=>e instanceof HTMLDialogElement)||(e.stopImmediatePropagation(),e.key===`Escape`&&this.close())},this.#t=e=>{this.closesOutside&&e.target===this.dialog&&this.close()}}open(){this.shown||(this.shown=!0,addEventListener(`keydown`,this.#e,{capture:!0}),this.updateComplete.then(()=>this.dialog.showModal()))}close(){this.dialog.close()}closed(){this.shown=!1,removeEventListener(`keydown`,this.#e,{capture:!0})}render(){return m`<dialog
      class="over"
      aria-labelledby="heading"
      @close=${this.closed}
      @keydown=${e=>e.stopPropagation()}
      @click=${this.#t}
    >
      ${this.shown?m`<header>
                <h2 id="heading">${this.heading()}</h2>
                <button class="button icon-only close" aria-label=${y(`sheet.close`)} @click=${()=>this.close()}>
                  ${F(`clear`)}
                </button>
              </header>
              ${this.body()}`:a}
    </dialog>`}disconnectedCallback(){super.disconnectedCallback(),removeEventListener(`keydown`,this.#e,{capture:!0})}#e;#t};j([A(`dialog`)],L.prototype,`dialog`,void 0),j([k()],L.prototype,`shown`,void 0);var R=v(hn),gn=`:host{--width:38rem}form{display:contents}.content{grid-auto-rows:max-content;gap:1rem;display:grid}.files{border:1.5px dashed color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));border-radius:var(--d2m-radius-large);color:var(--d2m-muted);flex-wrap:wrap;align-items:center;gap:.4rem .9rem;padding:.9rem 1rem;display:flex}.files.over{border-color:var(--d2m-accent);background:color-mix(in srgb, var(--d2m-accent) 8%, transparent)}.files .button{background:var(--d2m-raised);color:var(--d2m-ink)}.files input{display:none}.items{border:1px solid var(--d2m-line);border-radius:var(--d2m-radius-large);grid-auto-rows:max-content;display:grid;overflow:hidden}.items li{grid-template-columns:1.2rem minmax(0,1fr) auto;align-items:center;gap:0 .6rem;min-height:2.6rem;padding:.35rem .5rem .35rem .8rem;display:grid}.items li+li{border-top:1px solid var(--d2m-line)}.items .label{text-overflow:ellipsis;white-space:nowrap;overflow:hidden}.items .outcome{color:var(--d2m-muted);overflow-wrap:anywhere;grid-column:2;font-size:.82rem}.items svg.icon{color:var(--tone,var(--d2m-muted))}.items .button{grid-area:1/3/span 2;min-height:2rem}.items [data-outcome=taken]{--tone:var(--d2m-green)}.items [data-outcome=failed]{--tone:var(--d2m-red)}.items [data-outcome=failed] .outcome{color:var(--d2m-red)}.items [data-outcome=adding]{--tone:var(--d2m-blue)}.items [data-outcome=adding] svg.icon:first-child{animation:1s linear infinite turn}@keyframes turn{to{rotate:1turn}}summary{width:fit-content;color:var(--d2m-accent);cursor:pointer;border-radius:.3rem;padding:.3rem .2rem;font-weight:500}details[open] summary{margin-bottom:.6rem}footer{border-top:1px solid var(--d2m-line);flex-wrap:wrap;flex:none;justify-content:flex-end;align-items:center;gap:.5rem;padding:.8rem 1.4rem 1rem;display:flex}footer p{color:var(--d2m-muted);margin-inline-end:auto}.target{z-index:15;border:3px dashed var(--d2m-accent);background:color-mix(in srgb, var(--d2m-surface) 90%, transparent);color:var(--d2m-accent);text-align:center;pointer-events:none;border-radius:1rem;place-content:center;justify-items:center;gap:.3rem;margin:.75rem;display:grid;position:fixed;inset:0}.target svg.icon{width:3rem;height:3rem}.target b{font-size:1.3rem;font-weight:650}.target span{color:var(--d2m-muted)}@media (width<=44rem){footer{padding:.7rem 1.1rem max(.9rem, env(safe-area-inset-bottom))}.files span{display:none}}`,z=class extends L{constructor(...e){super(...e),this.page=!1,this.files=[],this.links=[],this.text=``,this.client=``,this.busy=!1,this.hovering=!1,this.closesOutside=!1,this.#e=new fn({mayDrop:()=>this.model.commands.taking(`add`).length>0,onHover:e=>this.hovering=e,onFiles:e=>this.take(e,``),onText:e=>Jt(e)&&this.take([],e)}),this.#l=async e=>{if(e.preventDefault(),this.busy||this.form===null)return;let t=sn(new FormData(this.form)),n=this.client;this.busy=!0;for(let e of this.#t.filter(on))e.outcome={is:`adding`},this.requestUpdate(),e.outcome=await en(e,n,t,this.model),this.requestUpdate();if(this.busy=!1,!this.shown)return this.#u();await this.updateComplete,this.renderRoot.querySelector(`footer .primary:enabled, footer .button`)?.focus()},this.#d=e=>{e.key===`Enter`&&(e.ctrlKey||e.metaKey)&&this.form?.requestSubmit()}}#e;static{this.styles=[N,R,v(Rt),v(gn)]}connectedCallback(){super.connectedCallback(),this.#e.listen(this.page?window:this.parentElement??this)}disconnectedCallback(){super.disconnectedCallback(),this.#e.stop()}take(e,t){let n=new Set(this.files.map(({file:e})=>`${e?.name} ${e?.size}`)),r=e.filter(e=>!n.has(`${e.name} ${e.size}`));this.files=[...this.files,...r.map(Yt)],t!==``&&this.#c([this.text.trim(),t.trim()].filter(Boolean).join(`
`)),this.open()}open(){!this.shown&&this.client!==``&&!this.model.commands.takes(this.client,`add`)&&(this.client=``),super.open(),this.updateComplete.then(()=>this.area?.focus())}closed(){super.closed(),this.busy||([this.files,this.links,this.text]=[[],[],``])}heading(){return y(`add.title`)}get#t(){return[...this.links,...this.files]}render(){return m`${super.render()}${this.hovering&&!this.shown?m`<div class="target" role="status">
            ${F(`downloading`)}<b>${y(`add.drop_anywhere`)}</b><span>${y(`add.drop_text`)}</span>
          </div>`:a}`}body(){let e=this.#t;return m`<form @submit=${this.#l}>
      <div class="content">
        <label class="field"
          ><span>${y(`add.urls`)}</span
          ><textarea
            name="urls"
            rows="3"
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            placeholder=${y(`add.urls_hint`)}
            .value=${this.text}
            ?disabled=${this.busy}
            @input=${e=>this.#c(e.target.value)}
            @keydown=${this.#d}
          ></textarea>
        </label>
        ${this.#n()}
        ${e.length>0?m`<ul class="items" aria-label=${y(`add.items`)}>
                ${e.map(e=>this.#i(e))}
              </ul>`:a}
        <div class="fields">
          ${this.#r()}
          <label class="field"
            ><span>${y(`column.category`)}</span><input name="category" list="categories" autocomplete="off"
          /></label>
          <label class="tick"><input type="checkbox" name="paused" />${y(`add.paused`)}</label>
        </div>
        <details>
          <summary>${y(`add.options`)}</summary>
          <div class="fields">
            <label class="field"
              ><span>${y(`column.tags`)}</span><input name="tags" autocomplete="off" /><span class="hint"
                >${y(`set.tags_hint`)}</span
              ></label
            >
            <label class="field"
              ><span>${y(`priority.label`)}</span
              ><select name="priority">
                <option value="">${y(`priority.usual`)}</option>
                ${mn.map(([e,t])=>m`<option value=${e}>${y(t)}</option>`)}
              </select></label
            >
            <label class="field wide"
              ><span>${y(`add.path`)}</span><input name="path" autocomplete="off" spellcheck="false" /><span
                class="hint"
                >${y(`add.path_hint`)}</span
              ></label
            >
          </div>
        </details>
        <datalist id="categories">
          ${un(this.model.store.downloads.values()).map(e=>m`<option value=${e}></option>`)}
        </datalist>
      </div>
      ${this.#s(e)}
    </form>`}#n(){return m`<div class="files ${this.hovering?`over`:``}">
      <button
        class="button outlined"
        type="button"
        ?disabled=${this.busy}
        @click=${()=>this.renderRoot.querySelector(`input[type=file]`)?.click()}
      >
        ${F(`file`)}${y(`add.files`)}</button
      ><span>${y(`add.drop_here`)}</span>
      <input type="file" multiple accept=".torrent,.nzb" aria-label=${y(`add.files`)} @change=${e=>{let t=e.target;this.take([...t.files??[]],``),t.value=``}} />
    </div>`}#r(){let{store:e}=this.model,t=$t(null,this.model).map(t=>e.clients.get(t));return m`<label class="field"
      ><span>${y(`add.client`)}</span
      ><select name="client" @change=${e=>this.client=e.target.value}>
        <option value="" ?selected=${this.client===``}>${y(`add.automatic`)}</option>
        ${t.map(e=>e&&m`<option value=${e.client} ?selected=${this.client===e.client}>${e.name}</option>`)}
      </select></label
    >`}#i(e){let{outcome:t}=e,n={waiting:e.file?`file`:`metadata`,adding:`refresh`,taken:`completed`,failed:`failed`};return m`<li data-outcome=${t.is}>
      ${F(n[t.is])}
      <span class="label" title=${e.name}>${e.label}</span>
      ${this.#o(e)}
      <span class="outcome">${this.#a(e)}</span>
    </li>`}#a({outcome:e}){switch(e.is){case`waiting`:return this.busy?y(`add.waiting`):``;case`adding`:return y(`add.adding`);case`taken`:return y(`add.taken`,{client:this.model.store.clients.get(e.client)?.name??e.client});case`failed`:return e.why}}#o(e){let{outcome:t}=e,n=t.is===`taken`&&t.id!==null?`${t.client}:${t.id}`:null;return n!==null&&this.model.store.downloads.has(n)?m`<button class="button" type="button" @click=${()=>this.#f(n)}>${y(`add.show`)}</button>`:this.busy||t.is===`taken`||e.file===null?a:m`<button
      class="button icon-only"
      type="button"
      aria-label=${y(`add.drop_item`,{name:e.label})}
      @click=${()=>this.files=this.files.filter(t=>t!==e)}
    >
      ${F(`clear`)}
    </button>`}#s(e){let t=t=>e.filter(({outcome:e})=>e.is===t).length,[n,r]=[t(`taken`),t(`failed`)],i=this.#t.filter(on).length,a=[n>0?y(`add.done_some`,{count:n}):``,r>0&&!this.busy?y(`add.failed_some`,{count:r}):``],o=n>0&&i===0&&!this.busy,s=i===0?y(`add.submit_none`):y(t(`waiting`)>0?`add.submit`:`add.retry`,{count:i});return m`<footer>
      <p role="status">${a.filter(Boolean).join(` · `)}</p>
      ${o?m`<button class="button primary" type="button" @click=${()=>this.close()}>${y(`add.done`)}</button>`:m`<button class="button outlined" type="button" @click=${()=>this.close()}>
                ${y(n>0?`sheet.close`:`set.cancel`)}
              </button>
              <button class="button primary" type="submit" ?disabled=${this.busy||i===0}>
                ${this.busy?y(`add.adding`):s}
              </button>`}
    </footer>`}#c(e){this.text=e;let t=new Map(this.links.map(e=>[e.name,e]));this.links=qt(e).map(e=>t.get(e.name)??e)}#l;#u(){for(let{label:e,outcome:t}of this.#t)t.is===`failed`&&this.model.toasts.show(`bad`,`${e}: ${t.why}`);this.closed()}#d;#f(e){this.close(),this.model.selection.only(e),this.model.open(e)}};j([O({type:Boolean})],z.prototype,`page`,void 0),j([k()],z.prototype,`files`,void 0),j([k()],z.prototype,`links`,void 0),j([k()],z.prototype,`text`,void 0),j([k()],z.prototype,`client`,void 0),j([k()],z.prototype,`busy`,void 0),j([k()],z.prototype,`hovering`,void 0),j([A(`form`)],z.prototype,`form`,void 0),j([A(`textarea`)],z.prototype,`area`,void 0),z=j([D(`d2m-add-dialog`)],z);var _n=[{keys:[`/`],does:`key.search`,sends:`d2m-search`},{keys:[`?`],does:`key.help`,sends:`d2m-help`},{keys:[`n`],does:`key.add`,sends:`d2m-add`},{keys:[`r`],does:`key.resume`,sends:`d2m-verb`,detail:`resume`},{keys:[`p`],does:`key.pause`,sends:`d2m-verb`,detail:`pause`},{keys:[`c`],does:`key.recheck`,sends:`d2m-verb`,detail:`recheck`},{keys:[`Delete`,`Backspace`],does:`key.remove`,sends:`d2m-verb`,detail:`remove`},{keys:[`Escape`],does:`key.escape`,sends:`d2m-escape`},{keys:[`↑`,`↓`],does:`key.move`},{keys:[`↑`,`↓`],does:`key.extend`,held:`Shift`},{keys:[`Space`],does:`key.toggle`},{keys:[`A`],does:`key.all`,held:`Ctrl`},{keys:[`Enter`],does:`key.open`}];function vn(e){if(e.ctrlKey||e.metaKey||e.altKey||e.defaultPrevented)return;let[t]=e.composedPath();if(!(t instanceof Element&&t.closest(`input, select, textarea, dialog, [contenteditable], [popover]`)))return _n.find(t=>t.sends!==void 0&&t.keys.includes(e.key))}var yn=`:host{background:var(--d2m-paper);height:100%;min-height:0;color:var(--d2m-ink);font:400 .875rem/1.4 var(--d2m-font);-webkit-text-size-adjust:100%;grid-template-rows:auto auto minmax(0,1fr);display:grid;position:relative;overflow:hidden;container-type:inline-size}.body{grid-template-columns:17rem minmax(0,1fr) auto;min-height:0;transition:opacity .3s,filter .3s;display:grid}.body.narrow{grid-template-columns:minmax(0,1fr) auto}:host([stale]) .body{filter:grayscale();opacity:.8}d2m-side-bar{border-inline-end:1px solid var(--d2m-line);min-height:0}main{background:var(--d2m-surface);grid-template:"chips""tools""list"minmax(0,1fr)/minmax(0,1fr);min-height:0;display:grid}d2m-group-chips{grid-area:chips}d2m-tool-bar{grid-area:tools}d2m-download-grid,d2m-empty-state{grid-area:list}.phone.acting main{grid-template-rows:auto minmax(0,1fr) auto;grid-template-areas:"chips""list""tools"}.phone.acting d2m-tool-bar{border-top:1px solid var(--d2m-line);padding-bottom:max(.25rem, env(safe-area-inset-bottom));border-bottom:0}`;function bn(e,t){return!e.live||!e.broker?`unheard`:t.available?`good`:t.state===`starting`&&!Cn(e,t)?`starting`:`bad`}function xn(e,t){let n=Sn(e,t);if(!e.live)return`${y(`client.as_last_known`)} · ${n}`;if(!e.broker)return`${y(`client.not_heard`)} · ${n}`;if(Cn(e,t))return`${y(`client.no_bridge`,{bridge:t.bridge})} · ${n}`;if(t.available)return`${y(`client.online`)} · ${n}`;if(t.state===`starting`)return y(`client.starting`);let r=y(`client.for`,{time:h(Math.max(0,(e.now()-Date.parse(t.since))/1e3))});return[t.state===`online`?y(`client.not_heard`):y(`client.${t.state}`),t.error,r,n].filter(Boolean).join(` · `)}function Sn(e,t){let n=e.answered(t);if(n===0)return y(`client.never`);let r=(e.now()-n)/1e3;return r<5?y(`client.just_now`):y(`client.ago`,{time:h(r)})}function Cn(e,t){return e.bridges.get(t.bridge)?.state!==`online`}var wn=`:host{display:block}.banner{background:color-mix(in srgb, var(--d2m-amber) 15%, var(--d2m-surface));border-bottom:1px solid color-mix(in srgb, var(--d2m-amber) 35%, var(--d2m-surface));align-items:center;gap:.6rem;padding:.45rem 1rem;font-size:.88rem;display:flex}svg{color:var(--d2m-amber)}.text{-webkit-line-clamp:3;overflow-wrap:anywhere;-webkit-box-orient:vertical;flex:1;min-width:0;display:-webkit-box;overflow:hidden}.button{min-height:1.8rem}`,Tn=class extends M{constructor(...e){super(...e),this.clients=!1}static{this.styles=[N,v(wn)]}render(){let{store:e}=this.model;if(!e.ready)return a;if(!e.live)return this.#e(y(`banner.lost`),this.#t(),!0);if(!e.broker)return this.#e(y(`banner.no_broker`),y(`banner.no_broker_then`));let t=[...e.bridges.values()].filter(e=>e.state!==`online`);if(t.length>0){let e=t.map(e=>e.bridge).join(`, `);return this.#e(y(`banner.no_bridge`,{count:t.length,names:e}),y(`banner.no_bridge_then`))}if(!this.clients)return a;let n=[...e.clients.values()].filter(t=>bn(e,t)===`bad`),[r]=n;return r===void 0?a:n.length>1?this.#e(y(`banner.clients`,{count:n.length,names:n.map(e=>e.name).join(`, `)}),``):this.#e(`${r.name}:`,xn(e,r))}#e(e,t,n=!1){return m`<div class="banner" id="banner">
      ${F(`attention`)}
      <p class="text"><strong role="status">${e}</strong> ${t}</p>
      ${n?m`<button class="button outlined" @click=${()=>this.model.source.retry()}>
              ${y(`banner.retry`)}
            </button>`:a}
    </div>`}#t(){let{store:e}=this.model,t=y(`banner.from`,{time:f(e.lastTold)});if(e.link.phase!==`waiting`)return`${t} ${y(`banner.trying`)}`;let n=Math.max(1,(e.link.retryAt-Date.now())/1e3);return`${t} ${y(`banner.next_try`,{time:h(n)})}`}};j([O({type:Boolean})],Tn.prototype,`clients`,void 0),Tn=j([D(`d2m-banner`)],Tn);var En={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Dn=e=>(...t)=>({_$litDirective$:e,values:t}),On=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:kn}=d,An=e=>e,jn=()=>document.createComment(``),B=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new kn(r.insertBefore(jn(),i),r.insertBefore(jn(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=An(e).nextSibling;An(r).insertBefore(e,i),e=t}}}return n},V=(e,t,n=e)=>(e._$AI(t,n),e),Mn={},Nn=(e,t=Mn)=>e._$AH=t,Pn=e=>e._$AH,Fn=e=>{e._$AR(),e._$AA.remove()},In=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},Ln=Dn(class extends On{constructor(e){if(super(e),e.type!==En.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=Pn(e),{values:a,keys:s}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=s,a;let c=this.ut??=[],l=[],u,d,f=0,p=i.length-1,m=0,h=a.length-1;for(;f<=p&&m<=h;)if(i[f]===null)f++;else if(i[p]===null)p--;else if(c[f]===s[m])l[m]=V(i[f],a[m]),f++,m++;else if(c[p]===s[h])l[h]=V(i[p],a[h]),p--,h--;else if(c[f]===s[h])l[h]=V(i[f],a[h]),B(e,l[h+1],i[f]),f++,h--;else if(c[p]===s[m])l[m]=V(i[p],a[m]),B(e,i[f],i[p]),p--,m++;else if(u===void 0&&(u=In(s,m,h),d=In(c,f,p)),u.has(c[f])){if(u.has(c[p])){let t=d.get(s[m]),n=t===void 0?null:i[t];if(n===null){let t=B(e,i[f]);V(t,a[m]),l[m]=t}else l[m]=V(n,a[m]),B(e,i[f],n),i[t]=null;m++}else Fn(i[p]),p--}else Fn(i[f]),f++;for(;m<=h;){let t=B(e,l[h+1]);V(t,a[m]),l[m++]=t}for(;f<=p;){let e=i[f++];e!==null&&Fn(e)}return this.ut=s,Nn(e,l),o}}),H=Dn(class extends On{#e={};constructor(e){if(super(e),e.type!==En.ELEMENT)throw Error(`vars() stands where attributes stand`)}render(e){return o}update(e,[t]){let{style:n}=e.element;for(let[e,r]of Object.entries(t))this.#e[e]!==r&&n.setProperty(e,`${r}`);return this.#e=t,o}});function Rn(e){return e.stage===null||x(e)!==`processing`?y(`state.${x(e)}`):y(`stage.${e.stage}`)}function zn(e){let t=e.progress!==null;return m`<span
    class="bar"
    role="progressbar"
    aria-label=${y(`grid.progress_of`,{name:e.name})}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${t?e.progress:a}
    aria-valuetext=${t?p(e.progress):y(`grid.progress_unknown`)}
    ><span class="fill" ${H({"--done":(e.progress??0)/100})}></span
  ></span>`}function Bn(e,t){return e.store.clients.get(t.client)?.name??t.client}function Vn(e){let t=e.error??e.warning;return t===null?a:m`<span class="note" title=${t}>${t}</span>`}function Hn(e,t,r,a){switch(e){case`name`:return m`<span class="name" title=${t.name}>${t.name}</span>${Vn(t)}`;case`state`:return m`<span class="state">${F(x(t))}<span class="word">${Rn(t)}</span></span>`;case`progress`:return m`${zn(t)}<span class="percent">${p(t.progress)}</span>`;case`size`:case`downloaded`:case`uploaded`:return _(t[e]);case`download_rate`:case`upload_rate`:return a&&t[e]?g(t[e]):``;case`eta`:return a?h(t.eta):``;case`ratio`:return i(t.ratio);case`seeds`:case`peers`:case`queue_position`:return u(t[e]);case`client`:return Bn(r,t);case`category`:return t.category??``;case`tags`:return m`${t.tags.map(e=>m`<span class="tag">${e}</span>`)}`;case`added_at`:case`completed_at`:return m`<span title=${n(t[e])}>${l(t[e],r.store.now())}</span>`;case`protocol`:return y(`protocol.${t.protocol}`);case`path`:return m`<span title=${t.path??``}>${t.path??``}</span>`}}function Un(e,t,n){let r=_(e.size),[i,o]=n?[e.download_rate,e.upload_rate]:[null,null],s=n&&e.eta!==null&&x(e)!==`seeding`?h(e.eta):``;return m`
    <span class="first">
      <span class="state">${F(x(e))}</span>
      <span class="name">${e.name}</span>
      <span class="percent">${p(e.progress)}</span>
    </span>
    ${zn(e)}
    <span class="last">
      <span class="word">${Rn(e)}</span>
      <span class="about">${Bn(t,e)}${r&&` · ${r}`}</span>
      ${Vn(e)} ${i?m`<span class="rate down">${g(i)}</span>`:a}
      ${o&&!i?m`<span class="rate up">${g(o)}</span>`:a}
      ${s&&i?m`<span class="left">${s}</span>`:a}
    </span>
  `}var Wn=`[popover]{inset:min(var(--y), calc(100dvh - 14rem)) auto auto clamp(.5rem, var(--x), calc(100vw - 17rem));min-width:13rem;max-width:16rem;padding:.3rem}.button{text-overflow:ellipsis;justify-content:flex-start;width:100%;font-weight:400;overflow:hidden}.button svg{color:var(--d2m-muted)}.danger svg{color:inherit}`,U=class extends ee{constructor(...e){super(...e),this.items=[],this.place={x:0,y:0},this.#n=e=>{e.stopPropagation();let t=[...this.renderRoot.querySelectorAll(`button`)],n=t.indexOf(this.renderRoot.activeElement),r={ArrowDown:1,ArrowUp:-1}[e.key];r!==void 0&&(e.preventDefault(),t[(n+r+t.length)%t.length]?.focus())}}static{this.styles=[N,v(Wn)]}get#e(){return this.renderRoot.querySelector(`[popover]`)}render(){return m`<div
      popover="auto"
      role="menu"
      ${H({"--x":`${this.place.x}px`,"--y":`${this.place.y}px`})}
      @keydown=${this.#n}
      @toggle=${e=>e.newState===`closed`&&this.remove()}
    >
      ${this.items.map(e=>m`<button class="button ${e.danger?`danger`:``}" role="menuitem" @click=${()=>this.#t(e)}>
            ${e.sign?F(e.sign):``}${e.label}
          </button>`)}
    </div>`}firstUpdated(){this.#e?.showPopover(),this.renderRoot.querySelector(`button`)?.focus()}#t(e){this.#e?.hidePopover(),e.press()}#n};j([O({attribute:!1})],U.prototype,`items`,void 0),j([O({attribute:!1})],U.prototype,`place`,void 0),U=j([D(`d2m-menu`)],U);function Gn(e,t){let{left:n,bottom:r}=e.getBoundingClientRect();Kn(e.getRootNode(),{x:n,y:r+4},t)}function Kn(e,t,n){let r=new U;r.items=n,r.place=t,(e instanceof Document?e.body:e).append(r)}var qn=class{constructor(e){this.host=e,this.onClick=e=>{let t=Yn(e);if(t===null)return;let{selection:n,listing:r}=this.host.model,i=e.pointerType===`touch`||this.host.phone;e.shiftKey?n.extend(r.rows,t):e.ctrlKey||e.metaKey||Xn(e)||i&&(this.host.selecting||n.size>0)?n.toggle(t):i?(n.move(t),this.host.model.open(t)):(n.only(t),this.host.model.opened!==null&&this.host.model.open(t)),this.host.model.touch()},this.onDouble=e=>{let t=Yn(e);t!==null&&!Xn(e)&&this.host.model.open(t)},this.onMenu=e=>{let t=Yn(e),{commands:n,selection:r}=this.host.model;if(t===null||!n.allowed())return;r.has(t)||r.only(t),this.host.model.touch();let i=[...r.keys].flatMap(e=>this.host.model.store.downloads.get(e)??[]);if(!n.allowed(i.map(e=>e.client)))return;e.preventDefault();let a=Ee.filter(e=>n.fitting(e,i).length>0).map(e=>({label:y(`verb.${e}`),sign:e===`reannounce`?`refresh`:e,danger:e===`remove`,press:()=>this.host.tell(`d2m-verb`,e)}));a.length>0&&Kn(this.host.renderRoot,{x:e.clientX,y:e.clientY},a)},this.onKey=e=>{if(e.altKey||Zn(e))return;let{rows:t}=this.host.model.listing,{selection:n}=this.host.model,r=t.findIndex(e=>e.key===n.active),i=Math.max(1,this.host.rowsInView-2),a={ArrowDown:1,ArrowUp:-1,PageDown:i,PageUp:-i}[e.key]??(e.key===`Home`?-1/0:e.key===`End`?1/0:null);if(a!==null)this.#e(Math.min(t.length-1,Math.max(0,(r<0&&a>0&&a!==1/0?-1:r)+a)),e);else if(e.key===` `&&n.active!==null)n.toggle(n.active);else if(e.key.toLowerCase()===`a`&&(e.ctrlKey||e.metaKey))n.all(t);else if(e.key===`Enter`&&n.active!==null)this.host.model.open(n.active);else return;e.preventDefault(),this.host.model.touch()}}#e(e,t){let n=this.host.model.listing.rows[e];n!==void 0&&(t.shiftKey?this.host.model.selection.extend(this.host.model.listing.rows,n.key):t.ctrlKey||t.metaKey?this.host.model.selection.move(n.key):this.host.model.selection.only(n.key),this.host.model.opened!==null&&this.host.model.open(n.key),this.host.reveal(e))}};function Jn(e){return e.target.closest(`[data-key]`)}function Yn(e){return Jn(e)?.dataset.key??null}function Xn(e){return e.target.closest(`[data-check]`)!==null}function Zn(e){return e.target.closest(`.heads`)!==null}var Qn=`.name{white-space:nowrap;text-overflow:ellipsis;flex:0 auto;min-width:6rem;font-weight:500;overflow:hidden}.note{min-width:0;color:var(--d2m-amber);white-space:nowrap;text-overflow:ellipsis;flex:1 1 0;font-size:.8rem;overflow:hidden}.cell>.name:has(+.note){max-width:65%}.name,.note,.tag{unicode-bidi:isolate}.bad .note{color:var(--d2m-red)}.state{min-width:0;color:var(--tone);align-items:center;gap:.4rem;display:inline-flex}.state .word{text-overflow:ellipsis;overflow:hidden}.bar{background:var(--d2m-track);border-radius:.2rem;flex:1;height:.375rem;display:block;overflow:hidden}.fill{border-radius:inherit;background:var(--tone);height:100%;transform:translateX(calc((var(--done,0) - 1) * 100%));transition:transform .45s ease-out;display:block}.percent{text-align:end;font-variant-numeric:tabular-nums;flex:none;min-width:3.4rem;font-size:.8rem}.tag{background:var(--d2m-sunken);min-width:1.5rem;color:var(--d2m-muted);border-radius:.3rem;flex:0 auto;padding:.05rem .4rem;font-size:.78rem}.cell[data-column=tags]{gap:.25rem}.card{gap:.4rem;min-width:0;display:grid}.card .bar{width:100%}.first,.last{white-space:nowrap;align-items:center;gap:.5rem;min-width:0;display:flex}.first .name{flex:1}.first .percent{min-width:0}.last{color:var(--d2m-muted);font-size:.78rem}.last .word{color:var(--tone);font-weight:500}.last .about{text-overflow:ellipsis;flex:auto;min-width:0;overflow:hidden}.last .note{flex:2 auto}.rate,.left{font-variant-numeric:tabular-nums}.rate.down{color:var(--d2m-blue)}.rate.up{color:var(--d2m-green)}.rate.down:before{content:"↓ "}.rate.up:before{content:"↑ "}`,$n=`:host{min-height:0;display:block;position:relative;overflow:hidden}.scroller{overscroll-behavior:contain;outline-offset:-2px;scrollbar-width:thin;scrollbar-color:color-mix(in srgb, var(--d2m-muted) 45%, transparent) transparent;--row-height:var(--d2m-row);position:absolute;inset:0;overflow:auto}.probe{visibility:hidden;width:var(--d2m-unit);height:var(--d2m-row);position:absolute}:host([phone]) .scroller{--row-height:var(--d2m-row-phone)}:host([phone]) .probe{height:var(--d2m-row-phone)}.heads{z-index:2;min-width:var(--least);background:var(--d2m-surface);border-bottom:1px solid var(--d2m-line);color:var(--d2m-muted);font-size:.8rem;position:sticky;top:0}:host([phone]) .heads{border:0;width:0;min-width:0;height:0;overflow:hidden}.body{min-width:var(--least);height:calc(var(--rows) * var(--row-height));padding-top:calc(var(--first) * var(--row-height));overflow:clip}.row{grid-template-columns:var(--columns);height:var(--row-height);border-bottom:1px solid color-mix(in srgb, var(--d2m-line) 55%, transparent);contain:layout style;cursor:default;align-items:center;padding-inline-end:.75rem;display:grid}.row.head{border:0;height:2rem}.body .row:hover{background:color-mix(in srgb, var(--d2m-ink) 3.5%, transparent)}.row[aria-selected=true],.row[aria-selected=true]:hover{background:color-mix(in srgb, var(--d2m-accent) 12%, transparent)}.scroller:focus-visible .row.active{box-shadow:inset 0 0 0 2px color-mix(in srgb, var(--d2m-accent) 75%, transparent)}.scroller:focus-visible:has(.row.active){outline:none}.row.old{color:var(--d2m-muted)}.row.old .note{color:inherit}.row.old .fill{opacity:.55}.cell{white-space:nowrap;text-overflow:ellipsis;align-items:center;gap:.5rem;min-width:0;height:100%;padding-inline:.5rem;display:flex;position:relative;overflow:hidden}.cell>span{text-overflow:ellipsis;overflow:hidden}.figure{font-variant-numeric:tabular-nums;justify-content:flex-end}.cell:is([data-column=client],[data-column=category],[data-column=size],[data-column=ratio],[data-column=added_at],[data-column=completed_at],[data-column=path],[data-column=protocol],[data-column=seeds],[data-column=peers],[data-column=eta]){color:var(--d2m-muted)}.cell:is([data-column=client],[data-column=category],[data-column=path]){line-height:var(--row-height);display:block}.head .cell{overflow:visible}.sort{border-radius:.35rem;align-items:center;gap:.2rem;max-width:100%;height:1.6rem;margin-inline:-.35rem;padding-inline:.35rem;display:inline-flex;overflow:hidden}.sort .label{text-overflow:ellipsis;overflow:hidden}.sort svg.icon{stroke-width:2.4px;width:.8rem;height:.8rem}.sort:hover,[aria-sort]:not([aria-sort=none]) .sort{color:var(--d2m-ink)}[aria-sort]:not([aria-sort=none]) .sort{font-weight:600}.grip{cursor:col-resize;touch-action:none;z-index:1;width:.6rem;position:absolute;inset-block:.35rem;inset-inline-end:-.3rem}.cell>.grip{overflow:visible}.grip:after{content:"";border-inline-start:1px solid #0000;position:absolute;inset-block:0;inset-inline-start:50%}.heads:hover .grip:after{border-color:var(--d2m-line)}.grip:hover:after{border-color:var(--d2m-accent)!important}.check{align-self:stretch;place-items:center;padding-inline-start:.5rem;display:grid}.body .check svg{border:1px solid color-mix(in srgb, var(--d2m-muted) 60%, transparent);stroke-width:3.5px;stroke:#0000;opacity:0;border-radius:.25rem;width:1rem;height:1rem;padding:.1rem}.row:hover .check svg,:host([selecting]) .check svg,.row[aria-selected=true] .check svg{opacity:1}.row[aria-selected=true] .check svg{background:var(--d2m-accent);border-color:var(--d2m-accent);stroke:var(--d2m-on-accent)}:host([phone]) .row{grid-template-columns:minmax(0,1fr);padding-inline:.9rem}:host([phone]) .check{display:none}:host([phone][selecting]) .row{grid-template-columns:2rem minmax(0,1fr)}:host([phone][selecting]) .check{justify-items:start;padding:0;display:grid}@media (hover:none){.body .row:hover:not([aria-selected=true]){background:0 0}}@media (forced-colors:active){.bar{border:1px solid canvastext}.fill{background:canvastext}.row[aria-selected=true]{outline-offset:-2px;outline:2px solid highlight}}`,er=`[data-state]{--tone:var(--d2m-grey)}[data-state=downloading]{--tone:var(--d2m-blue)}[data-state=seeding],[data-state=completed]{--tone:var(--d2m-green)}[data-state=stalled]{--tone:var(--d2m-amber)}[data-state=failed]{--tone:var(--d2m-red)}[data-state=processing]{--tone:var(--d2m-violet)}[data-state=checking],[data-state=metadata]{--tone:var(--d2m-teal)}.old{--tone:var(--d2m-grey)}`,tr=2.25,nr=4,rr=6,W=class extends M{constructor(...e){super(...e),this.phone=!1,this.selecting=!1,this.#e=38,this.#t=new qn(this),this.#n=0,this.#r=60,this.#i=new ResizeObserver(()=>this.#d()),this.#f=()=>{let{scrollTop:e,clientHeight:t}=this.scroller,n=Math.max(0,Math.floor(e/this.#e)-rr),r=Math.ceil((e+t)/this.#e)+rr;(n!==this.#n||r!==this.#r)&&([this.#n,this.#r]=[n,r],this.requestUpdate())}}#e;#t;#n;#r;#i;static{this.styles=[N,v(er),v($n),v(Qn)]}focus(){this.scroller.focus()}firstUpdated(){this.#i.observe(this.scroller),this.#i.observe(this.probe)}disconnectedCallback(){super.disconnectedCallback(),this.#i.disconnect()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.firstUpdated()}updated(e){e.has(`phone`)&&this.#d()}render(){let{listing:e,selection:t}=this.model,n=e.rows,r=Math.min(this.#n,Math.max(0,n.length-1)),i=n.slice(r,this.#r),o=i.findIndex(e=>e.key===t.active);return m`
      <div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${y(`grid.label`)}
        aria-multiselectable="true"
        aria-rowcount=${n.length+1}
        aria-colcount=${this.phone?1:this.#a.length}
        aria-activedescendant=${o<0?a:`row-${r+o}`}
        ${H({"--columns":this.#o(),"--least":this.#s(),"--rows":n.length,"--first":r})}
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
          ${Ln(i,e=>e.key,(e,t)=>this.#u(e,r+t))}
        </div>
      </div>
      <div class="probe" aria-hidden="true"></div>
    `}get#a(){return this.model.columns.shown}#o(){let{columns:e}=this.model,t=this.#a.map(t=>{let n=e.width(t),r=t===`name`?n*nr:e.isResized(t)?0:n;return`minmax(${ir(n)}, ${r}fr)`});return[ir(tr),...t].join(` `)}#s(){return this.phone?`0`:ir(this.model.columns.total+tr+.75)}#c(){return m`<div class="row head" role="row" aria-rowindex="1">
      <span class="check"></span>
      ${this.phone?m`<span role="columnheader" class="unseen">${y(`column.name`)}</span>`:this.#a.map((e,t)=>this.#l(e,t))}
    </div>`}#l(e,t){let{sort:n}=this.model.listing,r=n.by===e,i=r?n.direction>0?`ascending`:`descending`:`none`;return m`<span
      class="cell ${ve(e)?`figure`:``}"
      role="columnheader"
      aria-colindex=${t+1}
      aria-sort=${i}
    >
      <button class="sort" title=${y(`grid.sort_hint`)} @click=${()=>this.model.sortBy(e)}>
        <span class="label">${y(`column.${e}`)}</span>${r?F(n.direction>0?`up`:`down`):a}
      </button>
      ${e===`name`?a:m`<span
              class="grip"
              aria-hidden="true"
              @pointerdown=${t=>this.#p(t,e)}
              @dblclick=${()=>this.#m(e,null)}
            ></span>`}
    </span>`}#u(e,t){let{selection:n,store:r}=this.model,i=r.available(e.client),o=[`row`,i?``:`old`,n.active===e.key?`active`:``,e.error===null?``:`bad`,e.error===null&&e.warning!==null?`warned`:``];return m`<div
      class=${o.join(` `)}
      role="row"
      id=${`row-${t}`}
      data-key=${e.key}
      data-state=${x(e)}
      aria-rowindex=${t+2}
      aria-selected=${n.has(e.key)?`true`:`false`}
      aria-description=${i?a:y(`grid.as_last_known`)}
    >
      <span class="check" data-check>${F(`check`)}</span>
      ${this.phone?m`<span class="card" role="gridcell">${Un(e,this.model,i)}</span>`:this.#a.map((t,n)=>m`<span
                  class="cell ${ve(t)?`figure`:``}"
                  data-column=${t}
                  role="gridcell"
                  aria-colindex=${n+1}
                  >${Hn(t,e,this.model,i)}</span
                >`)}
    </div>`}get rowsInView(){return Math.floor(this.scroller.clientHeight/this.#e)}#d(){let{height:e}=this.probe.getBoundingClientRect();e>0&&(this.#e=e),this.#f(),this.requestUpdate()}#f;reveal(e){let{scroller:t}=this,n=t.clientHeight-(t.querySelector(`.heads`)?.offsetHeight??0),r=e*this.#e;r<t.scrollTop?t.scrollTop=r:r+this.#e>t.scrollTop+n&&(t.scrollTop=r+this.#e-n)}#p(e,t){e.preventDefault();let n=e.currentTarget,r=this.probe.getBoundingClientRect().width||16,[i,a]=[e.clientX,this.model.columns.width(t)],o=e=>this.#m(t,a+(e.clientX-i)/r);n.setPointerCapture(e.pointerId),n.addEventListener(`pointermove`,o),n.addEventListener(`lostpointercapture`,()=>n.removeEventListener(`pointermove`,o),{once:!0})}#m(e,t){this.model.columns.resize(e,t),this.model.touch()}};j([O({type:Boolean,reflect:!0})],W.prototype,`phone`,void 0),j([O({type:Boolean,reflect:!0})],W.prototype,`selecting`,void 0),j([A(`.scroller`)],W.prototype,`scroller`,void 0),j([A(`.probe`)],W.prototype,`probe`,void 0),W=j([D(`d2m-download-grid`)],W);function ir(e){return`calc(${e} * var(--d2m-unit))`}var ar=`:host{text-align:center;color:var(--d2m-muted);place-content:center;padding:2rem 1.5rem;display:grid;overflow:auto}.inner{justify-items:center;gap:.6rem;max-width:34rem;display:grid}h2{letter-spacing:-.01em;color:var(--d2m-ink);font-size:1.2rem;font-weight:650}pre{text-align:start;max-width:100%;font:.9rem/1.5 var(--d2m-mono);color:var(--d2m-ink);background:var(--d2m-sunken);border:1px solid var(--d2m-line);border-radius:var(--d2m-radius);margin:.4rem 0;padding:.8rem 1.1rem;overflow-x:auto}.button{margin-top:.5rem}`,or=`mqtt:
  url: mqtt://192.168.1.10:1883`,sr=`downloads2mqtt run`,cr=`clients:
  seedbox:
    kind: qbittorrent
    url: http://192.168.1.10:8080
    username: me
    password: !secret seedbox`,lr=class extends M{static{this.styles=[N,v(ar)]}render(){let{store:e,filter:t}=this.model,n=(e,t,n=``,r=``)=>m`<div class="inner" id="empty">
        <h2>${e}</h2>
        <p>${t}</p>
        ${n?m`<pre tabindex="0">${n}</pre>`:a}${r?m`<p>${r}</p>`:a}
        <slot></slot>
      </div>`;return e.link.phase===`login`?n(y(`empty.login`),y(e.link.form?`empty.login_text`:`empty.login_elsewhere`)):e.ready?e.downloads.size>0&&Ne(t)?m`<div class="inner" id="empty">
        <h2>${y(`empty.filtered`)}</h2>
        <p>${y(`empty.filtered_text`)}</p>
        <button class="button outlined" @click=${()=>this.model.showEverything()}>${y(`empty.show_all`)}</button>
      </div>`:e.broker?e.bridges.size===0?n(y(`empty.no_bridge`),y(`empty.no_bridge_text`),sr,y(`empty.no_bridge_after`)):e.clients.size===0?n(y(`empty.no_client`),y(`empty.no_client_text`),cr,y(`empty.no_client_after`)):n(y(`empty.quiet`),y(`empty.quiet_text`)):n(y(`empty.no_broker`),y(`empty.no_broker_text`),or):e.link.phase===`waiting`?n(y(`empty.no_relay`),y(`empty.no_relay_text`)):n(y(`empty.connecting`),y(`empty.connecting_text`))}};lr=j([D(`d2m-empty-state`)],lr);var ur=`:host{display:contents}dialog{background:var(--d2m-paper);border:0;border-radius:0;width:min(20rem,88vw);max-width:none;height:100dvh;max-height:none;margin:0}dialog[open]{grid-template-rows:auto minmax(0,1fr);display:grid}header{padding:.6rem .6rem .2rem;justify-content:space-between;align-items:center;padding-inline-start:1.2rem;font-weight:650;display:flex}d2m-side-bar{min-height:0}`,dr=`section{margin-bottom:1.1rem}h2{min-height:1.75rem;color:var(--d2m-muted);align-items:center;padding:0 .6rem;font-size:.78rem;font-weight:600;display:flex}.option{border-radius:var(--d2m-radius);align-items:center;gap:.6rem;width:100%;min-height:1.95rem;padding:0 .6rem;display:flex}.option:hover{background:color-mix(in srgb, var(--d2m-ink) 5.5%, transparent)}.option[aria-pressed=true]{background:color-mix(in srgb, var(--d2m-accent) 11%, transparent);color:var(--d2m-accent);font-weight:600}.option svg.icon{width:1.05rem;height:1.05rem;color:var(--d2m-muted)}.option[data-tone=active] svg.icon{color:var(--d2m-blue)}.option[data-tone=done] svg.icon{color:var(--d2m-green)}.option[data-tone=failed] svg.icon,.option[data-tone=failed] .count{color:var(--d2m-red)}.option.inner{min-height:1.7rem;color:var(--d2m-muted);padding-inline-start:2.25rem;font-size:.92em}.option.inner[aria-pressed=true]{color:var(--d2m-accent)}.option.faint .label{color:var(--d2m-muted);font-style:italic}.label{text-overflow:ellipsis;white-space:nowrap;flex:1;min-width:0;overflow:hidden}.count{color:var(--d2m-muted);font-variant-numeric:tabular-nums;font-size:.82rem;font-weight:400}.option[aria-pressed=true] .count{color:inherit}.more{color:var(--d2m-accent);border-radius:var(--d2m-radius);padding:.3rem .6rem;font-size:.85rem}@media (pointer:coarse){.option,.option.inner{min-height:2.6rem}}`,fr=`:host{scrollbar-width:thin;scrollbar-color:color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;padding:.75rem .6rem 1.5rem;display:block;overflow-y:auto}`,pr=`:host{display:block}li{position:relative}.client{border-radius:var(--d2m-radius);grid-template-columns:.6rem minmax(0,1fr) auto;align-items:baseline;gap:0 .75rem;width:100%;padding:.4rem .6rem .45rem .75rem;display:grid}.client:hover{background:color-mix(in srgb, var(--d2m-ink) 5.5%, transparent)}.client[aria-pressed=true]{background:color-mix(in srgb, var(--d2m-accent) 13%, transparent)}.client[aria-pressed=true] .label{color:var(--d2m-accent)}.dot{background:var(--d2m-amber);border-radius:50%;align-self:center;width:.5rem;height:.5rem}[data-health=good] .dot{background:var(--d2m-green)}[data-health=bad] .dot{background:var(--d2m-red)}[data-health=unheard] .dot{background:var(--d2m-grey)}.label{font-weight:500}.facts{color:var(--d2m-muted);overflow-wrap:anywhere;grid-column:2/-1;font-size:.79rem;line-height:1.45}.rates{font-variant-numeric:tabular-nums;flex-wrap:wrap;gap:0 .7rem;display:flex}.trouble{-webkit-line-clamp:4;-webkit-box-orient:vertical;display:-webkit-box;overflow:hidden}[data-health=bad] .trouble{color:var(--d2m-red)}.menu{opacity:0;width:1.75rem;min-height:1.75rem;position:absolute;inset:.15rem .2rem auto auto}.menu,.menu:hover,.menu[aria-expanded=true]{box-shadow:0 0 0 1px var(--d2m-line);background:var(--d2m-raised)!important}li:hover .menu,.menu:focus-visible,.menu[aria-expanded=true]{opacity:1}@media (pointer:coarse){.menu{opacity:1;box-shadow:none;background:0 0!important}.client{padding-inline-end:2.8rem}}`,mr=class extends M{static{this.styles=[N,v(dr),v(pr)]}render(){let e=[...this.model.store.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return e.length===0?a:m`<section aria-labelledby="clients">
      <h2 id="clients">${y(`facet.client`)}</h2>
      <ul>
        ${Ln(e,e=>e.client,e=>this.#e(e))}
      </ul>
    </section>`}#e(e){let{model:t}=this,n=bn(t.store,e),r=t.listing.counts.client.get(e.client)??0;return m`<li>
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
        <span class="count">${u(r)}</span>
        <span class="facts">${this.#t(e,n)}</span>
      </button>
      ${this.#n(e)}
    </li>`}#t(e,t){let{store:n}=this.model;if(t!==`good`)return m`<span class="trouble">${xn(n,e)}</span>`;let r=e.stats,i=r?.free_space??null;return m`<span class="rates"
        ><span>↓ ${g(r?.download_rate??0)}</span><span>↑ ${g(r?.upload_rate??0)}</span></span
      >
      <span>${Sn(n,e)}${i===null?``:` · ${y(`client.free`,{size:_(i)})}`}</span>`}#n(e){let{commands:t}=this.model,n=[...[`pause`,`resume`].filter(n=>t.takes(e.client,n)).map(n=>({label:y(`menu.${n}_all`,{client:e.name}),sign:n,press:()=>void t.runAll(n,[e.client])})),...t.takes(e.client,`poll`)?[{label:y(`menu.poll`),sign:`refresh`,press:()=>void t.ask(e.client,`poll`)}]:[]];return n.length===0?a:m`<button
      class="button icon-only menu"
      aria-label=${y(`menu.of`,{client:e.name})}
      aria-haspopup="menu"
      @click=${e=>Gn(e.currentTarget,n)}
    >
      ${F(`more`)}
    </button>`}};mr=j([D(`d2m-client-panel`)],mr);var hr=8,gr=class extends M{#e=new Set;static{this.styles=[N,v(dr),v(fr)]}render(){return m`
      <section aria-labelledby="states">
        <h2 id="states">${y(`facet.state`)}</h2>
        <ul>
          ${this.#t()} ${ae.map(e=>this.#n(e))}
        </ul>
      </section>
      <d2m-client-panel .model=${this.model}></d2m-client-panel>
      ${this.#r(`category`)} ${this.#r(`tag`)}
    `}#t(){let{filter:e,listing:t}=this.model,n=vr(t.counts.state.values());return this.#i({label:y(`group.all`),count:n,on:e.state.size===0,sign:`layers`,tone:``,press:()=>this.model.narrow({state:new Set})})}#n(e){let{filter:t,listing:n}=this.model,r=ce(e),i=n.counts.state,a=vr(r.map(e=>i.get(e)??0)),o=r.length===1,s=t.state.size===r.length&&r.every(e=>t.state.has(e)),c=o?[]:b.filter(e=>r.includes(e)).filter(e=>(i.get(e)??0)>0||t.state.has(e)&&!s),l={active:`downloading`,waiting:`queued`,done:`completed`,failed:`failed`}[e];return m`${this.#i({label:y(`group.${e}`),count:a,on:s,sign:l,tone:a>0?e:``,press:e=>this.model.choose(`state`,r,e)})}
    ${c.map(e=>this.#i({label:y(`state.${e}`),count:i.get(e)??0,on:t.state.has(e)&&!s,inner:!0,press:t=>this.model.choose(`state`,[e],t&&!s)}))}`}#r(e){let{filter:t,listing:n}=this.model,r=n.counts[e],i=[...new Set([...r.keys(),...t[e]])].filter(e=>e!==``).sort(_r);if(i.length===0)return a;(r.has(``)||t[e].has(``))&&i.push(``);let o=this.#e.has(e)||i.length<=9,s=o?i:i.filter((n,r)=>r<hr||t[e].has(n));return m`<section aria-labelledby=${e}>
      <h2 id=${e}>${y(`facet.${e}`)}</h2>
      <ul>
        ${s.map(n=>this.#i({label:n===``?y(`facet.no_${e}`):n,count:r.get(n)??0,on:t[e].has(n),faint:n===``,press:t=>this.model.choose(e,[n],t)}))}
      </ul>
      ${o?a:m`<button class="more" @click=${()=>this.#a(e)}>
              ${y(`facet.more`,{count:i.length-s.length})}
            </button>`}
    </section>`}#i(e){return m`<li>
      <button
        class="option ${e.inner?`inner`:``} ${e.count===0?`none`:``} ${e.faint?`faint`:``}"
        data-tone=${e.tone??``}
        aria-pressed=${e.on?`true`:`false`}
        @click=${t=>e.press(t.ctrlKey||t.metaKey||t.shiftKey)}
      >
        ${e.sign?F(e.sign):a}<span class="label">${e.label}</span
        ><span class="count">${u(e.count)}</span>
      </button>
    </li>`}#a(e){this.#e.add(e),this.requestUpdate()}};gr=j([D(`d2m-side-bar`)],gr);var _r=new Intl.Collator(void 0,{numeric:!0,sensitivity:`base`}).compare;function vr(e){let t=0;for(let n of e)t+=n;return t}var yr=class extends M{static{this.styles=[N,v(ur)]}open(){this.dialog.showModal()}render(){let e=()=>this.dialog.close();return m`<dialog
      aria-label=${y(`filter.label`)}
      @click=${t=>t.target===this.dialog&&e()}
      @keydown=${e=>e.stopPropagation()}
    >
      <header>
        ${y(`filter.label`)}
        <button class="button icon-only" aria-label=${y(`filter.close`)} @click=${e}>${F(`clear`)}</button>
      </header>
      <d2m-side-bar .model=${this.model}></d2m-side-bar>
    </dialog>`}};j([A(`dialog`)],yr.prototype,`dialog`,void 0),yr=j([D(`d2m-filter-dialog`)],yr);var br=`:host{align-items:center;gap:.25rem;padding:.4rem .5rem .1rem .6rem;display:flex}.chips{scrollbar-width:none;flex:1;gap:.15rem;min-width:0;display:flex;overflow-x:auto}.chips button{min-height:2.1rem;color:var(--d2m-muted);white-space:nowrap;border-radius:1.1rem;flex:none;padding:0 .65rem}.chips button[aria-pressed=true]{background:color-mix(in srgb, var(--d2m-accent) 13%, transparent);color:var(--d2m-accent);font-weight:600}.chips [data-group=failed]:not(.none){color:var(--d2m-red)}.chips span{font-variant-numeric:tabular-nums;font-size:.85em}.filters{flex:none;position:relative}.filters[data-mark]:after{content:"";background:var(--d2m-accent);border:2px solid var(--d2m-surface);box-sizing:content-box;border-radius:50%;width:.5rem;height:.5rem;position:absolute;inset:.45rem .45rem auto auto}.filters[data-mark=bad]:after{background:var(--d2m-red)}`,xr=class extends M{static{this.styles=[N,v(br)]}render(){let{listing:e,filter:t,store:n}=this.model,r=[...e.counts.state.values()].reduce((e,t)=>e+t,0),i=[...n.clients.values()].some(e=>bn(n,e)===`bad`),o=T.some(e=>e!==`state`&&t[e].size>0);return m`
      <div class="chips" role="group" aria-label=${y(`facet.state`)}>
        ${this.#e(`all`,r,t.state.size===0,()=>this.model.narrow({state:new Set}))}
        ${ae.map(n=>{let r=ce(n),i=r.reduce((t,n)=>t+(e.counts.state.get(n)??0),0),a=t.state.size===r.length&&r.every(e=>t.state.has(e));return this.#e(n,i,a,()=>this.model.choose(`state`,r,!1))})}
      </div>
      <button
        class="button icon-only filters"
        data-mark=${i?`bad`:o?`on`:a}
        aria-label=${y(`filter.label`)}
        @click=${()=>this.tell(`d2m-filters`)}
      >
        ${F(`filter`)}
      </button>
    `}#e(e,t,n,r){return m`<button
      class=${t===0?`none`:``}
      data-group=${e}
      aria-pressed=${n?`true`:`false`}
      @click=${r}
    >
      ${y(`group.${e}`)} <span>${u(t)}</span>
    </button>`}};xr=j([D(`d2m-group-chips`)],xr);var Sr=`form{gap:.9rem;width:min(28rem,100vw - 2rem);padding:1.25rem 1.4rem 1.1rem;display:grid}h2{font-size:1.1rem;font-weight:650}ul{border-radius:var(--d2m-radius);background:var(--d2m-sunken);gap:.2rem;padding:.6rem .8rem;display:grid}li{text-overflow:ellipsis;white-space:nowrap;overflow:hidden}p,.others{color:var(--d2m-muted)}label{align-items:center;gap:.6rem;display:flex}input{width:1.05rem;height:1.05rem;accent-color:var(--d2m-red)}.warning{color:var(--d2m-red)}footer{flex-wrap:wrap;justify-content:flex-end;gap:.5rem;display:flex}`,Cr=5,G=class extends M{constructor(...e){super(...e),this.rows=[],this.deleting=[],this.#t=()=>{let{commands:e}=this.model,t=e.fitting(`remove`,this.rows),n=new Set(e.deletable(this.deleting));e.run(`remove`,t.filter(e=>n.has(e)),{delete_data:!0}),e.run(`remove`,t.filter(e=>!n.has(e))),this.rows=this.deleting=[]}}static{this.styles=[N,v(Sr)]}ask(e){e.length!==0&&(this.rows=e,this.deleting=[],this.updateComplete.then(()=>this.dialog.showModal()))}willUpdate(){if(this.deleting.length===0)return;let e=new Set(this.model.commands.deletable(this.rows)),t=this.deleting.filter(t=>e.has(t));t.length<e.size?this.deleting=[]:t.length<this.deleting.length&&(this.deleting=t)}render(){let{rows:e}=this,t=e.length-Cr;return m`<dialog aria-labelledby="title" @keydown=${e=>e.stopPropagation()}>
      <form method="dialog" @submit=${this.#t}>
        <h2 id="title">${y(`remove.title`,{count:e.length})}</h2>
        <ul>
          ${e.slice(0,Cr).map(e=>m`<li title=${e.name}>${e.name}</li>`)}
          ${t>0?m`<li class="others">${y(`remove.others`,{count:t})}</li>`:a}
        </ul>
        ${this.#e()}
        <footer>
          <button class="button outlined" type="button" @click=${()=>this.dialog.close()}>
            ${y(`remove.cancel`)}
          </button>
          <button class="button primary danger" type="submit">
            ${y(this.deleting.length>0?`remove.confirm_data`:`remove.confirm`)}
          </button>
        </footer>
      </form>
    </dialog>`}#e(){let{commands:e,store:t}=this.model,n=e.deletable(this.rows);if(n.length===0)return m`<p>${y(`remove.data_stays`)}</p>`;let r=this.deleting.length>0,i=n.reduce((e,t)=>e+(t.downloaded??t.size??0),0),o=new Set(this.rows.filter(e=>!n.includes(e)).map(e=>e.client)),s=[...o].map(e=>t.clients.get(e)?.name??e).join(`, `);return m`<label
        ><input type="checkbox" name="data" .checked=${r} @change=${e=>this.deleting=e.target.checked?n:[]} />${o.size===0?y(`remove.data`):y(`remove.data_some`,{count:n.length})}</label
      >
      ${o.size===0?a:m`<p class="kept">${y(`remove.data_kept`,{names:s})}</p>`}
      <p class=${r?`warning`:``} aria-live="polite">
        ${r?y(`remove.data_goes`,{size:_(i)}):y(`remove.data_stays`)}
      </p>`}#t};j([A(`dialog`)],G.prototype,`dialog`,void 0),j([k()],G.prototype,`rows`,void 0),j([k()],G.prototype,`deleting`,void 0),G=j([D(`d2m-remove-dialog`)],G);var wr=`:host{z-index:10;pointer-events:none;justify-items:center;gap:.5rem;display:grid;position:absolute;inset:auto 1rem 1rem}.toast{border:1px solid var(--d2m-line);border-inline-start:.25rem solid var(--d2m-green);border-radius:var(--d2m-radius);background:var(--d2m-raised);max-width:min(36rem,100%);box-shadow:var(--d2m-shadow);overflow-wrap:anywhere;pointer-events:auto;align-items:center;gap:.75rem;padding:.55rem .5rem .55rem .9rem;animation:.18s ease-out come;display:flex}.toast[data-tone=bad]{border-inline-start-color:var(--d2m-red)}@keyframes come{0%{opacity:0;translate:0 .5rem}}`,Tr=class extends M{static{this.styles=[N,v(wr)]}render(){let{toasts:e}=this.model;return m`<div role="status" aria-live="polite" class="unseen">
        ${e.shown.map(e=>e.text).join(` `)}
      </div>
      ${Ln(e.shown,e=>e.id,t=>m`<div class="toast" data-tone=${t.tone}>
            <span>${t.text}</span>
            <button class="button icon-only" aria-label=${y(`toast.dismiss`)} @click=${()=>e.dismiss(t.id)}>
              ${F(`clear`)}
            </button>
          </div>`)}`}};Tr=j([D(`d2m-toast-list`)],Tr);var Er=`:host{border-bottom:1px solid var(--d2m-line);background:var(--d2m-surface);align-items:center;gap:.25rem .5rem;min-height:2.875rem;padding:.25rem .75rem .25rem 1rem;display:flex}.count{white-space:nowrap;font-variant-numeric:tabular-nums;margin-inline-end:.5rem;font-weight:600}.count small{color:var(--d2m-muted);font-size:.85em;font-weight:400}.verbs{gap:.1rem;display:flex}.chosen{scrollbar-width:none;gap:.35rem;min-width:0;display:flex;overflow-x:auto}.chosen button{background:color-mix(in srgb, var(--d2m-accent) 13%, transparent);max-width:14rem;height:1.7rem;color:var(--d2m-accent);border-radius:1rem;flex:none;align-items:center;gap:.3rem;padding:0 .4rem 0 .65rem;font-size:.82rem;display:inline-flex}.chosen span{text-overflow:ellipsis;white-space:nowrap;overflow:hidden}.chosen svg{width:.85rem;height:.85rem}.end{align-items:center;gap:.15rem;margin-inline-start:auto;display:flex}select{border-radius:var(--d2m-radius);max-width:9rem;height:2.5rem;color:var(--d2m-muted);background:0 0;border:0;font-size:.85rem}:host([phone]){padding-inline:.9rem .4rem}:host([phone]) .verbs .word{display:none}:host([phone]) .button{min-width:2.5rem;padding-inline:.5rem}`,Dr=`[popover]{inset:var(--top) var(--right) auto auto;width:17rem;max-height:min(36rem, calc(100dvh - var(--top) - 1rem));padding:.4rem;overflow-y:auto}li{border-radius:var(--d2m-radius);align-items:center;min-height:2rem;display:flex}li:hover{background:color-mix(in srgb, var(--d2m-ink) 5%, transparent)}label{flex:1;align-items:center;gap:.6rem;padding-inline:.5rem;display:flex}input{accent-color:var(--d2m-accent)}li .button.icon-only{width:1.7rem;min-height:1.7rem}li svg.icon{width:.95rem;height:.95rem}.reset{width:100%;margin-top:.3rem}`,Or=class extends M{#e=!1;#t={top:0,right:0};static{this.styles=[N,v(Dr)]}render(){let{columns:e}=this.model;return m`
      <button
        class="button icon-only"
        title=${y(`columns.choose`)}
        aria-label=${y(`columns.choose`)}
        aria-expanded=${this.#e?`true`:`false`}
        @click=${this.#r}
      >
        ${F(`columns`)}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${y(`columns.choose`)}
        ${H({"--top":`${this.#t.top}px`,"--right":`${this.#t.right}px`})}
        @toggle=${e=>{this.#e=e.newState===`open`,this.requestUpdate()}}
      >
        ${this.#e?m`<ul>
                  ${e.all.map(e=>this.#n(e))}
                </ul>
                <button class="button outlined reset" @click=${()=>this.#i(()=>e.reset())}>
                  ${y(`columns.reset`)}
                </button>`:a}
      </div>
    `}#n(e){let{columns:t}=this.model,n=t.shown.includes(e),r=t.shown.indexOf(e),i=y(`column.${e}`),o=n=>m`<button
        class="button icon-only"
        aria-label=${y(n<0?`columns.earlier`:`columns.later`,{column:i})}
        ?disabled=${n<0?r<=1:r===t.shown.length-1}
        @click=${()=>this.#i(()=>t.move(e,n))}
      >
        ${F(n<0?`up`:`down`)}
      </button>`;return m`<li>
      <label
        ><input
          type="checkbox"
          .checked=${n}
          ?disabled=${e===`name`}
          @change=${n=>this.#i(()=>t.show(e,n.target.checked))}
        />${i}</label
      >
      ${n&&e!==`name`?[o(-1),o(1)]:a}
    </li>`}#r=e=>{let{bottom:t,right:n}=e.currentTarget.getBoundingClientRect();this.#t={top:t+4,right:Math.max(8,document.documentElement.clientWidth-n)},this.requestUpdate(),this.updateComplete.then(()=>this.popup.togglePopover())};#i(e){e(),this.model.touch()}};j([A(`[popover]`)],Or.prototype,`popup`,void 0),Or=j([D(`d2m-column-menu`)],Or);var kr=[`resume`,`pause`,`recheck`,`remove`],K=class extends M{constructor(...e){super(...e),this.phone=!1,this.selecting=!1}static{this.styles=[N,v(Er)]}render(){let{selection:e}=this.model;return m`${e.size>0?this.#e():this.#t()}
      <div class="end">
        ${this.phone?this.#o(e.size>0):m`<d2m-column-menu .model=${this.model}></d2m-column-menu>`}
      </div>`}#e(){let{model:e}=this,t=e.selected,n=t.reduce((e,t)=>e+(t.size??0),0);return m`
      <span class="count" role="status"
        >${y(`selection.count`,{count:t.length})}${this.phone?a:m` <small>${_(n)}</small>`}</span
      >
      <div class="verbs" role="toolbar" aria-label=${y(`selection.label`)}>
        ${e.commands.allowed(t.map(e=>e.client))?kr.map(n=>this.#r(n,e.commands.fitting(n,t).length>0,()=>this.tell(`d2m-verb`,n),y(`verb.${n}`))):a}
        <button
          class="button icon-only"
          title=${y(`selection.clear`)}
          aria-label=${y(`selection.clear`)}
          @click=${()=>this.#s()}
        >
          ${F(`clear`)}
        </button>
      </div>
    `}#t(){let{listing:e,store:t,commands:n,filter:r}=this.model,i=e.rows.length,o=t.downloads.size;return m`
      <span class="count" role="status"
        >${i===o?y(`list.count`,{count:i}):y(`list.count_of`,{shown:i,count:o})}</span
      >
      ${n.allowed(r.client.size>0?r.client:void 0)&&o>0&&!this.phone?m`<div class="verbs" role="toolbar" aria-label=${y(`list.all_label`)}>
              ${this.#n(`resume`)} ${this.#n(`pause`)}
            </div>`:a}
      ${Ne(r)&&!this.phone?this.#i():a}
    `}#n(e){let{listing:t,store:n,commands:r,filter:i}=this.model;if(i.words.length>0||[i.state,i.category,i.tag].some(e=>e.size>0)){let n=r.fitting(e,t.rows);return this.#r(e,n.length>0,()=>void r.run(e,n),y(`verb.${e}_listed`))}let a=[...i.client],o=r.taking(e).filter(e=>a.length===0||a.includes(e)),s=a.map(e=>n.clients.get(e)?.name??e).join(`, `),c=a.length===0?y(`verb.${e}_all`):y(`menu.${e}_all`,{client:s});return this.#r(e,o.length>0,()=>void r.runAll(e,o),c)}#r(e,t,n,r){return m`<button
      class="button ${e===`remove`?`danger`:``}"
      data-verb=${e}
      title=${r}
      aria-label=${r}
      ?disabled=${!t}
      @click=${n}
    >
      ${F(e===`reannounce`?`refresh`:e)}<span class="word">${r}</span>
    </button>`}#i(){let{filter:e}=this.model,t=ae.find(t=>{let n=ce(t);return n.length===e.state.size&&n.every(t=>e.state.has(t))}),n=(e,t)=>this.model.choose(e,[t],!0),r=(e,t)=>m`<button aria-label=${y(`filter.drop`,{filter:e})} @click=${t}>
        <span>${e}</span>${F(`clear`)}
      </button>`;return m`<div class="chosen">
      ${t?r(y(`group.${t}`),()=>this.model.narrow({state:new Set})):a}
      ${T.filter(e=>e!==`state`||!t).map(t=>[...e[t]].map(e=>r(this.#a(t,e),()=>n(t,e))))}
    </div>`}#a(e,t){return e===`state`?y(`state.${t}`):e===`client`?this.model.store.clients.get(t)?.name??t:t===``?y(`facet.no_${e}`):t}#o(e){let{sort:t}=this.model.listing;return e?a:m`
      <select
        aria-label=${y(`sort.label`)}
        .value=${t.by}
        @change=${e=>this.model.sortBy(e.target.value)}
      >
        ${S.map(e=>m`<option value=${e} ?selected=${e===t.by}>${y(`column.${e}`)}</option>`)}
      </select>
      <button
        class="button icon-only"
        aria-label=${y(t.direction>0?`sort.ascending`:`sort.descending`)}
        @click=${()=>this.model.sortBy(t.by)}
      >
        ${F(t.direction>0?`up`:`down`)}
      </button>
      <button
        class="button icon-only"
        aria-label=${y(`selection.mode`)}
        aria-pressed=${this.selecting?`true`:`false`}
        @click=${()=>this.tell(`d2m-selecting`,!this.selecting)}
      >
        ${F(`select`)}
      </button>
    `}#s(){this.model.selection.clear(),this.tell(`d2m-selecting`,!1),this.model.touch()}};j([O({type:Boolean,reflect:!0})],K.prototype,`phone`,void 0),j([O({type:Boolean})],K.prototype,`selecting`,void 0),K=j([D(`d2m-tool-bar`)],K);var Ar=`:host{background:var(--d2m-surface);border-bottom:1px solid var(--d2m-line);align-items:center;gap:.5rem 1rem;padding:.55rem 1rem;display:flex}.brand{letter-spacing:-.015em;white-space:nowrap;align-items:center;gap:.6rem;min-width:15rem;font-weight:650;display:flex}.brand img{width:1.5rem;height:1.5rem}.brand b{color:var(--d2m-accent);font-weight:inherit}.search{min-width:8rem;color:var(--d2m-muted);flex:0 26rem;position:relative}.search svg{inset-inline-start:.65rem;pointer-events:none;width:1rem;height:1rem;position:absolute;top:50%;translate:0 -50%}input{border-radius:var(--d2m-radius);background:var(--d2m-sunken);width:100%;height:2.125rem;color:var(--d2m-ink);border:1px solid #0000;padding:0 .75rem 0 2.1rem}input::placeholder{color:var(--d2m-muted);opacity:1}.search kbd{inset-inline-end:.5rem;border:1px solid var(--d2m-line);background:var(--d2m-surface);font:.75rem/1.3 var(--d2m-mono);pointer-events:none;border-radius:.3rem;padding:0 .4rem;position:absolute;top:50%;translate:0 -50%}input:focus+kbd,input:not(:placeholder-shown)+kbd{display:none}.rates{font-variant-numeric:tabular-nums;align-items:center;gap:1.1rem;margin-inline-start:auto;display:flex}.rates div{white-space:nowrap;align-items:center;gap:.3rem;min-width:6.4rem;font-weight:600;display:flex}.rates svg{stroke-width:2.2px;width:1rem;height:1rem}.down svg{color:var(--d2m-blue)}.up svg{color:var(--d2m-green)}:host([stale]) .rates{filter:grayscale();opacity:.6}.link{color:var(--d2m-muted);white-space:nowrap;align-items:center;gap:.45rem;font-size:.82rem;display:inline-flex}.dot{background:var(--d2m-amber);border-radius:50%;width:.5rem;height:.5rem}.link[data-link=live] .dot{background:var(--d2m-green);box-shadow:0 0 0 .2rem color-mix(in srgb, var(--d2m-green) 20%, transparent)}.link[data-link=lost] .dot{background:var(--d2m-red)}.buttons{align-items:center;gap:.25rem;display:flex}@media (width<=68rem){.brand{flex:none;min-width:0}d2m-rate-curve{display:none}}:host([phone]){grid-template:"brand rates link buttons""search search search search"/auto 1fr auto auto;gap:.5rem .6rem;padding:.6rem .9rem;display:grid}:host([phone]) .brand{grid-area:brand}:host([phone]) .brand span,:host([phone]) .link .word,:host([phone]) kbd{display:none}:host([phone]) .search{grid-area:search}:host([phone]) input{height:2.5rem;font-size:16px}:host([phone]) .rates{flex-direction:column;align-items:start;gap:0;margin:0}:host([phone]) .rates div{min-width:0;font-size:.79rem}`,jr=`:host,svg{width:7.5rem;height:1.5rem;display:block}path{fill:none;stroke:var(--d2m-blue);stroke-width:1.4px;stroke-linejoin:round;vector-effect:non-scaling-stroke}.under{fill:color-mix(in srgb, var(--d2m-blue) 13%, transparent);stroke:none}.up{stroke:var(--d2m-green)}`,Mr=120,Nr=120,Pr=24,Fr=class extends M{static{this.styles=v(jr)}render(){let e=this.model.rates.samples.slice(-120),t=Math.max(1,...e.map(e=>Math.max(e.down??0,e.up??0))),n=n=>Ir(e,n,t);return m`<svg viewBox="0 0 ${Nr} ${Pr}" preserveAspectRatio="none">
      ${c`<path class="under" d=${Lr(n(`down`),e.length)}></path><path d=${n(`down`)}></path><path class="up" d=${n(`up`)}></path>`}
    </svg>`}};Fr=j([D(`d2m-rate-curve`)],Fr);function Ir(e,t,n){let r=Mr-e.length;return e.length<2?``:`M${e.map((e,i)=>`${r+i},${(23-(e[t]??0)/n*21).toFixed(1)}`).join(`L`)}`}function Lr(e,t){return e&&`${e}L119,26L${Mr-t},26Z`}var q=class extends M{constructor(...e){super(...e),this.phone=!1,this.#t=()=>{this.model.narrow({words:Pe(this.input.value)})},this.#n=e=>{if(e.key===`Escape`&&this.input.value!==``)this.input.value=``,this.#t();else if(e.key===`Escape`||e.key===`ArrowDown`||e.key===`Enter`)this.tell(`d2m-to-list`);else return;e.preventDefault(),e.stopPropagation()}}static{this.styles=[N,v(Ar)]}search(){this.input.focus(),this.input.select()}render(){let{store:e}=this.model,{down:t,up:n}=at(e.clients.values()),r=this.model.filter.words;return m`
      <h1 class="brand"><slot name="mark"></slot><span>downloads<b>2</b>mqtt</span></h1>
      <label class="search">
        <span class="unseen">${y(`search.label`)}</span>${F(`search`)}
        <input
          id="search"
          type="search"
          placeholder=${y(`search.placeholder`)}
          autocomplete="off"
          spellcheck="false"
          @input=${this.#t}
          @keydown=${this.#n}
          .value=${r.length===0&&this.input?.value.trim()!==``?``:this.input?.value??``}
        /><kbd aria-hidden="true">/</kbd>
      </label>
      <div class="rates" role="group" aria-label=${y(`rates.label`)}>
        <d2m-rate-curve .model=${this.model} aria-hidden="true" @click=${()=>this.tell(`d2m-chart`)}></d2m-rate-curve>
        <div class="down" title=${y(`rates.down`)}>
          ${F(`down`)}<span class="unseen">${y(`rates.down`)}</span
          ><span id="down">${e.ready?g(t):`–`}</span>
        </div>
        <div class="up" title=${y(`rates.up`)}>
          ${F(`up`)}<span class="unseen">${y(`rates.up`)}</span><span id="up">${e.ready?g(n):`–`}</span>
        </div>
      </div>
      ${this.#e()}
      <div class="buttons"><slot name="buttons"></slot></div>
    `}#e(){let{store:e}=this.model,[t,n]=e.live?e.broker?[`live`,y(`link.live`)]:[`lost`,y(`link.no_broker`)]:e.link.phase===`login`?[`lost`,y(`link.login`)]:e.ready||e.link.phase===`waiting`?[`lost`,y(`link.lost`)]:[`connecting`,y(`link.connecting`)];return m`<span class="link" data-link=${t} title=${n}
      ><span class="dot" aria-hidden="true"></span><span class="word" id="link" role="status">${n}</span></span
    >`}#t;#n};j([O({type:Boolean,reflect:!0})],q.prototype,`phone`,void 0),j([A(`input`)],q.prototype,`input`,void 0),q=j([D(`d2m-top-bar`)],q);var Rr=62,zr=44,J=class extends M{constructor(...e){super(...e),this.page=!1,this.stale=!1,this.narrow=!1,this.phone=!1,this.selecting=!1,this.#e=new ResizeObserver(([e])=>this.#n(e?.contentRect.width??0)),this.#t=this,this.#a=e=>{let t=vn(e);if(t!==void 0)switch(e.preventDefault(),t.sends){case`d2m-search`:return this.top.search();case`d2m-verb`:return this.#i(t.detail);case`d2m-escape`:this.model.opened===null?this.#r(!1):this.model.open(null);return;default:this.tell(t.sends??``)}}}#e;#t;static{this.styles=[It,N,v(yn)]}connectedCallback(){super.connectedCallback(),this.#e.observe(this),this.#t=this.page?window:this,this.#t.addEventListener(`keydown`,this.#a)}disconnectedCallback(){super.disconnectedCallback(),this.#e.disconnect(),this.#t.removeEventListener(`keydown`,this.#a)}toList(){this.grid?.focus()}willUpdate(e){super.willUpdate(e),this.stale=this.model.store.stale}render(){let{model:e}=this,{listing:t,selection:n}=e,r=n.size>0||this.selecting;return m`
      <d2m-top-bar .model=${e} ?phone=${this.phone} ?stale=${this.stale} @d2m-to-list=${this.toList}>
        <slot name="mark" slot="mark"></slot>
        <slot name="buttons" slot="buttons"></slot>
      </d2m-top-bar>
      <d2m-banner .model=${e} ?clients=${this.narrow}></d2m-banner>
      <div
        class="body ${this.narrow?`narrow`:``} ${this.phone?`phone`:``} ${r?`acting`:``}"
        @d2m-verb=${e=>this.#i(e.detail)}
        @d2m-selecting=${e=>this.#r(e.detail)}
        @d2m-filters=${()=>this.filters?.open()}
      >
        ${this.narrow?a:m`<d2m-side-bar .model=${e}></d2m-side-bar>`}
        <main aria-label=${y(`list.label`)}>
          ${this.narrow?m`<d2m-group-chips .model=${e}></d2m-group-chips>`:a}
          ${e.store.ready&&e.store.downloads.size>0?m`<d2m-tool-bar .model=${e} ?phone=${this.phone} .selecting=${r}></d2m-tool-bar>`:a}
          ${t.rows.length>0?m`<d2m-download-grid
                  .model=${e}
                  ?phone=${this.phone}
                  ?selecting=${r&&this.phone}
                ></d2m-download-grid>`:m`<d2m-empty-state .model=${e}><slot name="empty"></slot></d2m-empty-state>`}
        </main>
        <slot name="drawer"></slot>
      </div>
      ${this.narrow?m`<d2m-filter-dialog .model=${e}></d2m-filter-dialog>`:a}
      <d2m-remove-dialog .model=${e}></d2m-remove-dialog>
      <d2m-toast-list .model=${e}></d2m-toast-list>
      <slot></slot>
    `}#n(e){let t=parseFloat(getComputedStyle(document.documentElement).fontSize)||16;this.narrow=e<Rr*t,this.phone=e<zr*t}#r(e){this.selecting=e,e||this.model.selection.clear(),this.model.touch()}#i(e){let{commands:t,selected:n}=this.model,r=t.fitting(e,n);e===`remove`?this.removing.ask(r):r.length>0&&t.run(e,r)}#a};j([O({type:Boolean})],J.prototype,`page`,void 0),j([O({type:Boolean,reflect:!0})],J.prototype,`stale`,void 0),j([k()],J.prototype,`narrow`,void 0),j([k()],J.prototype,`phone`,void 0),j([k()],J.prototype,`selecting`,void 0),j([A(`d2m-top-bar`)],J.prototype,`top`,void 0),j([A(`d2m-download-grid`)],J.prototype,`grid`,void 0),j([A(`d2m-remove-dialog`)],J.prototype,`removing`,void 0),j([A(`d2m-filter-dialog`)],J.prototype,`filters`,void 0),J=j([D(`d2m-dashboard`)],J);function Br(e,t){if(e===null)return``;let n=Math.max(0,(t-Date.parse(e))/1e3);return n<5?y(`date.just_now`):y(`date.ago`,{time:h(n)})}var Vr=/^[0-9a-f]{40}$/;function Hr(e,t){let n=t.clients.get(e.client);return[{id:`transfer`,title:y(`drawer.transfer`),facts:Gr(e,t.available(e.client))},{id:`place`,title:y(`drawer.place`),facts:Kr(e,n)},{id:`dates`,title:y(`drawer.dates`),facts:qr(e,t.now())},{id:`limits`,title:y(`drawer.limits`,{client:n?.name??e.client}),facts:Jr(n)},{id:`identity`,title:y(`drawer.identity`),facts:Yr(e)}].map(e=>({...e,facts:e.facts.filter(e=>e.text!==``||e.tags?.length)})).filter(e=>e.facts.length>0)}function Ur(e){return e.protocol===`torrent`&&Vr.test(e.id)}function Wr(e,t){return{name:e,text:_(t),title:t===null?``:`${u(t)} B`}}function Gr(e,t){let n=e.protocol===`usenet`,r=t&&x(e)!==`seeding`?e.eta:null;return[Wr(`column.size`,e.size),Wr(`column.downloaded`,e.downloaded),{name:`column.download_rate`,text:t?g(e.download_rate):``},{name:`column.eta`,text:h(r),title:r===null?``:`${u(r)} ${y(`unit.s`)}`},...n?[]:[Wr(`column.uploaded`,e.uploaded),{name:`column.upload_rate`,text:t?g(e.upload_rate):``},{name:`column.ratio`,text:i(e.ratio)},{name:`column.seeds`,text:u(e.seeds)},{name:`column.peers`,text:u(e.peers)}],{name:`column.queue_position`,text:u(e.queue_position)}]}function Kr(e,t){let n=[t?.kind??e.kind,t?.version].filter(Boolean).join(` `);return[{name:`column.client`,text:t?.name??e.client},{name:`fact.kind`,text:`${n} · ${y(`protocol.${e.protocol}`)}`},{name:`column.category`,text:e.category??``},{name:`column.tags`,text:``,tags:e.tags},{name:`column.path`,text:e.path??``,copy:e.path??``,mono:!0}]}function qr(e,t){return[`added_at`,`completed_at`,`updated_at`].map(r=>({name:r===`updated_at`?`fact.updated_at`:`column.${r}`,text:e[r]===null?``:[Br(e[r],t),l(e[r],t)].join(` · `),title:n(e[r])}))}function Jr(e){let t=e?.stats;if(!e?.available||!t)return[];let n=(e,t)=>({name:e,text:t===null?``:t===0?y(`fact.no_limit`):g(t)}),r=t.alternative_limits;return[n(`fact.download_limit`,t.download_limit),n(`fact.upload_limit`,t.upload_limit),{name:`fact.alternative_limits`,text:r===null?``:y(r?`fact.on`:`fact.off`)}]}function Yr(e){let t=Ur(e),n=`magnet:?xt=urn:btih:${e.id}`;return[{name:t?`fact.hash`:`fact.id`,text:e.id,copy:e.id,mono:!0},{name:`fact.native_id`,text:e.native_id===e.id?``:e.native_id,copy:e.native_id,mono:!0},{name:`fact.magnet`,text:t?n:``,copy:n,mono:!0},{name:`fact.native_state`,text:e.native_state,mono:!0}]}var Xr=`:host{display:contents}aside{border-inline-start:1px solid var(--d2m-line);background:var(--d2m-paper);grid-template-rows:auto minmax(0,1fr);width:clamp(20rem,28vw,26rem);min-height:0;display:grid}dialog[open]{background:var(--d2m-paper);border:0;border-radius:0;grid-template-rows:auto minmax(0,1fr);width:100vw;max-width:none;height:100dvh;max-height:none;margin:0;animation:.18s ease-out come;display:grid}@media (width>=36rem){dialog[open]{border-inline-start:1px solid var(--d2m-line);width:26rem;margin-inline-start:auto}}@keyframes come{0%{opacity:0;translate:0 1.5rem}}.head{border-bottom:1px solid var(--d2m-line);background:var(--d2m-surface);grid-template-columns:minmax(0,1fr) auto;gap:.2rem .5rem;padding:.85rem .6rem .9rem 1.2rem;display:grid}h2{letter-spacing:-.01em;overflow-wrap:anywhere;-webkit-line-clamp:4;-webkit-box-orient:vertical;padding-top:.25rem;font-size:1.02rem;font-weight:650;line-height:1.35;display:-webkit-box;overflow:hidden}h2:focus-visible{border-radius:.25rem}.now{color:var(--tone,var(--d2m-muted));font-variant-numeric:tabular-nums;grid-column:1/-1;align-items:center;gap:.45rem;padding-inline-end:.6rem;font-weight:550;display:flex}.now .of{color:var(--d2m-muted);margin-inline-start:auto;font-weight:400}.bar{background:var(--d2m-track);border-radius:.2rem;grid-column:1/-1;height:.4rem;margin:.25rem .6rem 0 0;display:block;overflow:hidden}.fill{border-radius:inherit;background:var(--tone,var(--d2m-muted));transform-origin:0;height:100%;transform:scaleX(var(--done));transition:transform .5s linear;display:block}:dir(rtl) .fill{transform-origin:100%}.old{filter:grayscale()}[data-state=downloading],[data-state=metadata],[data-state=checking]{--tone:var(--d2m-blue)}[data-state=processing]{--tone:var(--d2m-violet)}[data-state=seeding]{--tone:var(--d2m-teal)}[data-state=completed]{--tone:var(--d2m-green)}[data-state=stalled]{--tone:var(--d2m-amber)}[data-state=failed]{--tone:var(--d2m-red)}.rest{padding:.7rem 1.2rem max(1.5rem, env(safe-area-inset-bottom));overscroll-behavior:contain;scrollbar-width:thin;scrollbar-color:color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;overflow-y:auto}.rest:focus-visible{outline-offset:-2px}.actions{flex-wrap:wrap;gap:.1rem;margin:0 -.55rem .4rem;font-size:.82rem;display:flex}.actions .button{padding-inline:.55rem}.said{border-radius:var(--d2m-radius);background:color-mix(in srgb, var(--tone) 11%, transparent);overflow-wrap:anywhere;margin-bottom:.8rem;padding:.6rem .8rem}.said b{color:var(--tone);align-items:center;gap:.4rem;font-weight:600;display:flex}.said.error{--tone:var(--d2m-red)}.said.warning{--tone:var(--d2m-amber)}h3{letter-spacing:.045em;text-transform:uppercase;color:var(--d2m-muted);margin:1.1rem 0 .25rem;font-size:.75rem;font-weight:650}.fact{grid-template-columns:minmax(6.5rem,34%) minmax(0,1fr);align-items:baseline;gap:0 .6rem;min-height:1.85rem;padding:.2rem 0;display:grid}.fact+.fact{border-top:1px solid color-mix(in srgb, var(--d2m-line) 70%, transparent)}dt{color:var(--d2m-muted);overflow-wrap:anywhere}dd{overflow-wrap:anywhere;font-variant-numeric:tabular-nums;justify-content:space-between;align-items:center;gap:.6rem;display:flex}dd.mono{font:.79rem/1.55 var(--d2m-mono);word-break:break-all}.tag{background:color-mix(in srgb, var(--d2m-ink) 8%, transparent);border-radius:1rem;margin-inline-end:.3rem;padding:.05rem .5rem;font-size:.82rem;display:inline-block}.copy{flex:none;margin:-.3rem -.4rem -.3rem 0;width:1.75rem!important;min-height:1.75rem!important}.copy svg.icon{width:.95rem;height:.95rem}@media (pointer:coarse){.copy{width:2.5rem!important;min-height:2.25rem!important}}.gone{text-align:center;color:var(--d2m-muted);place-content:center;justify-items:center;gap:.4rem;padding:2rem;display:grid}`,Zr=`.none{color:var(--d2m-muted)}.events li{grid-template-columns:.9rem minmax(0,1fr) auto;align-items:baseline;gap:0 .6rem;padding:.25rem 0;display:grid;position:relative}.events li:before{content:"";background:var(--tone,var(--d2m-grey));border-radius:50%;place-self:center;width:.5rem;height:.5rem}.events li:not(:last-child):after{content:"";background:var(--d2m-line);width:1px;position:absolute;inset:calc(50% + .45rem) auto calc(.45rem - 50%) .4rem}.events time{color:var(--d2m-muted);font-variant-numeric:tabular-nums;font-size:.82rem}[data-event=completed]{--tone:var(--d2m-green)}[data-event=failed]{--tone:var(--d2m-red)}[data-event=stalled]{--tone:var(--d2m-amber)}[data-event=added],[data-event=started],[data-event=resumed]{--tone:var(--d2m-blue)}`,Qr=50,Y=class extends M{constructor(...e){super(...e),this.past=[],this.trouble=``,this.#e=``}#e;static{this.styles=[N,v(Xr),v(Zr)]}willUpdate(e){super.willUpdate(e);let{store:t}=this.model;this.#e!==this.row.key&&t.live&&(this.#e=this.row.key,this.past=[],this.trouble=``,this.#t(this.row))}async#t(e){try{let t=await qe(this.model.source,this.model.store,e);this.#e===e.key&&(this.past=t)}catch(t){this.#e===e.key&&(this.trouble=w(t))}}render(){let{row:e,model:t}=this,n=Ye(t.store.events.filter(t=>t.client===e.client&&t.id===e.id),this.past).slice(0,Qr);return m`<section aria-labelledby="events">
      <h3 id="events">${y(`drawer.events`)}</h3>
      ${n.length===0?m`<p class="none">${y(`drawer.no_events`)}</p>`:m`<ol class="events">
              ${n.map(e=>this.#n(e))}
            </ol>`}
      ${this.trouble?m`<p class="none">${y(`drawer.no_history`,{reason:this.trouble})}</p>`:a}
    </section>`}#n(e){let t=e.to===null?``:y(`state.${e.to}`);return m`<li data-event=${e.event}>
      <span>${y(`event.${e.event}`,{state:t})}</span>
      <time datetime=${e.at} title=${n(e.at)}>${l(e.at,this.model.store.now())}</time>
    </li>`}};j([O({attribute:!1})],Y.prototype,`row`,void 0),j([k()],Y.prototype,`past`,void 0),j([k()],Y.prototype,`trouble`,void 0),Y=j([D(`d2m-event-list`)],Y);var $r=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],ei=75,X=class extends M{constructor(...e){super(...e),this.over=!1,this.changing=null,this.#e=null,this.#t=null,this.#n=new ResizeObserver(([e])=>this.#_(e?.contentRect.width??0)),this.#f=()=>{this.changing=null,this.headline?.focus()},this.#p=()=>this.model.open(null),this.#m=e=>{e.preventDefault(),this.#p()},this.#h=e=>{let[t]=e.composedPath(),n=t instanceof Element&&t.getAttribute(`role`)===`grid`;e.key===`Enter`&&n&&this.#t===this.model.selection.active&&this.#t!==null&&(this.headline?.focus(),e.stopPropagation(),e.preventDefault())}}#e;#t;#n;static{this.styles=[N,v(Xr)]}connectedCallback(){super.connectedCallback(),this.parentElement!==null&&this.#n.observe(this.parentElement),this.parentElement?.addEventListener(`keydown`,this.#h,{capture:!0})}disconnectedCallback(){super.disconnectedCallback(),this.#n.disconnect(),this.parentElement?.removeEventListener(`keydown`,this.#h,{capture:!0})}willUpdate(e){super.willUpdate(e),this.model.store.link.phase===`login`&&(this.model.opened=null);let{opened:t}=this.model;t!==this.#t&&(this.#t===null?this.#e=ti():t===null&&this.#g()&&queueMicrotask(()=>this.#e?.focus()),this.#t=t,this.changing=null)}updated(){this.dialog!==null&&!this.dialog.open&&this.dialog.showModal()}render(){let{opened:e,store:t}=this.model;if(e===null)return a;let n=t.downloads.get(e),r=n===void 0?y(`drawer.label`):y(`drawer.of`,{name:n.name}),i=n===void 0?this.#r():this.#i(n);return m`${this.over?m`<dialog
              aria-label=${r}
              @cancel=${this.#m}
              @keydown=${e=>e.stopPropagation()}
              @click=${e=>e.target===this.dialog&&this.#p()}
            >
              ${i}<d2m-toast-list .model=${this.model}></d2m-toast-list>
            </dialog>`:m`<aside aria-label=${r}>${i}</aside>`}<d2m-remove-dialog .model=${this.model}></d2m-remove-dialog>`}#r(){return m`<div class="head">
        <h2 tabindex="-1">${y(`drawer.gone`)}</h2>
        ${this.#a()}
      </div>
      <p class="gone">${y(`drawer.gone_text`)}</p>`}#i(e){let{store:t}=this.model,n=t.available(e.client),r=e.size===null?``:y(`drawer.of_size`,{done:_(e.downloaded??0),size:_(e.size)});return m`<div class="head ${n?``:`old`}" data-state=${x(e)}>
        <h2 tabindex="-1" title=${e.name}>${e.name}</h2>
        ${this.#a()}
        <div class="now">
          ${F(x(e))}<span class="state">${Rn(e)}</span
          ><span class="percent">${p(e.progress)}</span><span class="of">${r}</span>
        </div>
        ${zn(e)}
      </div>
      <div class="rest" tabindex="-1">
        ${this.#o(e)} ${this.#s(e)}
        ${this.changing===e.key?m`<d2m-set-form .model=${this.model} .row=${e} @d2m-close=${this.#f}></d2m-set-form>`:a}
        ${Hr(e,t).map(e=>this.#c(e))}
        <d2m-event-list .model=${this.model} .row=${e}></d2m-event-list>
      </div>`}#a(){return m`<button class="button icon-only close" aria-label=${y(`sheet.close`)} @click=${this.#p}>
      ${F(`clear`)}
    </button>`}#o(e){let{commands:t}=this.model,n=$r.filter(n=>t.fitting(n,[e]).length>0),r=t.takes(e.client,`set`);return n.length===0&&!r?a:m`<div class="actions" role="group" aria-label=${y(`drawer.actions`)}>
      ${n.map(t=>m`<button
            class="button ${t===`remove`?`danger`:``}"
            data-act=${t}
            @click=${()=>this.#u(t,e)}
          >
            ${F(t===`reannounce`?`refresh`:t)}${y(`verb.${t}`)}
          </button>`)}
      ${r?m`<button
              class="button"
              data-act="set"
              aria-expanded=${this.changing===e.key?`true`:`false`}
              @click=${()=>this.changing=this.changing===e.key?null:e.key}
            >
              ${F(`edit`)}${y(`drawer.change`)}
            </button>`:a}
    </div>`}#s(e){return[`error`,`warning`].filter(t=>e[t]!==null).map(t=>m`<div class="said ${t}">
            <b>${F(`attention`)}${y(`drawer.${t}`)}</b>
            <p>${e[t]}</p>
          </div>`)}#c(e){return m`<section aria-labelledby=${e.id} data-group=${e.id}>
      <h3 id=${e.id}>${e.title}</h3>
      <dl>${e.facts.map(e=>this.#l(e))}</dl>
    </section>`}#l(e){return m`<div class="fact" data-fact=${e.name}>
      <dt>${y(e.name)}</dt>
      <dd class=${e.mono?`mono`:``} title=${e.title||a}>
        <span>${e.tags?e.tags.map(e=>m`<span class="tag">${e}</span>`):e.text}</span>
        ${e.copy?m`<button
                class="button icon-only copy"
                title=${y(`drawer.copy`,{fact:y(e.name)})}
                aria-label=${y(`drawer.copy`,{fact:y(e.name)})}
                @click=${()=>this.#d(e)}
              >
                ${F(`copy`)}
              </button>`:a}
      </dd>
    </div>`}#u(e,t){e===`remove`?this.removing?.ask([t]):this.model.commands.run(e,[t])}async#d(e){let{toasts:t}=this.model;try{await navigator.clipboard.writeText(e.copy??``),t.show(`good`,y(`drawer.copied`,{fact:y(e.name)}))}catch{t.show(`bad`,y(`drawer.not_copied`))}}#f;#p;#m;#h;#g(){return this.renderRoot.activeElement!==null}#_(e){let t=parseFloat(getComputedStyle(document.documentElement).fontSize)||16;this.over=e<ei*t}};j([k()],X.prototype,`over`,void 0),j([k()],X.prototype,`changing`,void 0),j([A(`dialog`)],X.prototype,`dialog`,void 0),j([A(`h2`)],X.prototype,`headline`,void 0),j([A(`d2m-remove-dialog`)],X.prototype,`removing`,void 0),X=j([D(`d2m-drawer`)],X);function ti(){let e=document.activeElement;for(;e?.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return e instanceof HTMLElement?e:null}var ni=`:host{--width:46rem}.content{gap:1.3rem;display:grid}h3{letter-spacing:.045em;text-transform:uppercase;color:var(--d2m-muted);margin-bottom:.4rem;font-size:.75rem;font-weight:650}.keys{grid-template-columns:repeat(auto-fill,minmax(min(19rem,100%),1fr));gap:0 2rem;display:grid}.keys div{border-bottom:1px solid color-mix(in srgb, var(--d2m-line) 70%, transparent);flex-direction:row-reverse;justify-content:space-between;align-items:center;gap:.8rem;min-height:2.2rem;display:flex}.keys dt{white-space:nowrap;gap:.25rem;display:flex}kbd{border:1px solid var(--d2m-line);background:var(--d2m-surface);text-align:center;min-width:1.6rem;font:.79rem/1.35 var(--d2m-mono);border-bottom-width:2px;border-radius:.35rem;padding:.1rem .45rem}.pointer li{padding:.2rem 0 .2rem 1rem;position:relative}.pointer li:before{content:"";background:var(--d2m-accent);border-radius:50%;width:.35rem;height:.35rem;position:absolute;inset:.75rem auto auto 0}.about{border-radius:var(--d2m-radius-large);background:var(--d2m-sunken);padding:.9rem 1.1rem}.about b{font-weight:650}.about dl{grid-template-columns:auto minmax(0,1fr);gap:.2rem 1rem;margin-top:.5rem;display:grid}.about dt{color:var(--d2m-muted)}@media (pointer:coarse){.keyboard{order:2}}`,ri={Delete:`keycap.Delete`,Escape:`keycap.Escape`,Space:`keycap.Space`,Enter:`keycap.Enter`},ii=[`help.open`,`help.menu`,`help.drop`,`help.columns`],ai=class extends L{static{this.styles=[N,R,v(ni)]}heading(){return y(`help.title`)}body(){return m`<div class="content" tabindex="0" role="group" aria-labelledby="heading">
      <section class="keyboard" aria-labelledby="keys">
        <h3 id="keys">${y(`help.keys`)}</h3>
        <dl class="keys">
          ${_n.map(e=>m`<div>
                <dt>${oi(e).map(e=>m`<kbd>${e}</kbd>`)}</dt>
                <dd>${y(e.does)}</dd>
              </div>`)}
        </dl>
      </section>
      <section aria-labelledby="pointer">
        <h3 id="pointer">${y(`help.pointer`)}</h3>
        <ul class="pointer">
          ${ii.map(e=>m`<li>${y(e)}</li>`)}
        </ul>
      </section>
      <section class="about" aria-label=${y(`help.about`)}>
        <p><b>downloads2mqtt</b> · ${y(`help.about_text`)}</p>
        <dl>
          ${this.#e()}
          <dt>${y(`help.you`)}</dt>
          <dd>${this.#t()}</dd>
        </dl>
      </section>
    </div>`}#e(){return[...this.model.store.bridges.values()].map(({bridge:e,state:t,info:n})=>{let r=n?(this.model.store.now()-Date.parse(n.started_at))/1e3:0,i=[n?y(`help.version`,{version:n.version}):``,t===`online`?r>0?y(`help.up`,{time:h(r)}):``:y(`help.silent`)];return m`<dt>${y(`help.bridge`,{bridge:e})}</dt>
        <dd>${i.filter(Boolean).join(` · `)||a}</dd>`})}#t(){let{user:e,control:t}=this.model.store.reader;return[e,y(`help.may_${t}`)].filter(Boolean).join(` · `)}};ai=j([D(`d2m-help-sheet`)],ai);function oi(e){let t=(e.sends===void 0?e.keys:e.keys.slice(0,1)).map(e=>ri[e]?y(ri[e]):e.length===1?e.toUpperCase():e);return e.held?[y(`held.${e.held}`),...t]:t}var si=`:host{--width:58rem}.choices{flex-wrap:wrap;justify-content:space-between;align-items:center;gap:.6rem 1rem;display:flex}.ranges{border-radius:calc(var(--d2m-radius) + .2rem);background:var(--d2m-sunken);border:0;margin:0;padding:.2rem;display:flex}.ranges label{border-radius:var(--d2m-radius);min-height:2rem;color:var(--d2m-muted);white-space:nowrap;cursor:pointer;place-items:center;padding:0 .85rem;font-weight:500;display:grid;position:relative}.ranges input{opacity:0;cursor:pointer;position:absolute;inset:0}.ranges label:has(:checked){background:var(--d2m-raised);color:var(--d2m-ink);box-shadow:0 1px 2px #10182824}.ranges label:has(:focus-visible){outline:2px solid var(--d2m-accent)}select{border:1px solid color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));border-radius:var(--d2m-radius);background:var(--d2m-surface);max-width:14rem;min-height:2.25rem;padding:0 .5rem}figure{margin:.9rem 0 0}.canvas{border-radius:var(--d2m-radius);direction:ltr;height:min(24rem,45dvh);position:relative}.drawing{position:absolute;inset:0}.u-cursor-x{border-color:var(--d2m-muted)!important}.instead{text-align:center;color:var(--d2m-muted);pointer-events:none;place-content:center;justify-items:center;gap:.8rem;padding:1rem 2rem;display:grid;position:absolute;inset:0}.instead .button{pointer-events:auto;color:var(--d2m-ink)}.reading{text-align:center;min-height:1.5em;color:var(--d2m-muted);font-variant-numeric:tabular-nums;margin-top:.2rem;font-size:.85rem}.sums{grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:.7rem;margin-top:.7rem;display:grid}.sum{border-radius:var(--d2m-radius-large);background:var(--d2m-sunken);grid-template-columns:auto repeat(3,minmax(0,1fr));align-items:center;gap:0 .9rem;padding:.65rem .9rem;display:grid}.sum h3{justify-items:center;gap:.1rem;min-width:4.2rem;font-size:.82rem;font-weight:600;display:grid}.sum dl{display:contents}.down h3{color:var(--d2m-blue)}.up h3{color:var(--d2m-green)}.sum dt{color:var(--d2m-muted);font-size:.75rem}.sum dd{white-space:nowrap;font-variant-numeric:tabular-nums;font-weight:600}@media (width<=44rem){.ranges label{min-height:2.5rem;padding:0 .75rem}select{flex:1;max-width:none;min-height:2.75rem;font-size:16px}.sum{gap:0 .5rem;padding-inline:.7rem}.sum dd{font-size:.85rem}}`,ci=6e4,li=60*ci,ui={live:10*ci,day:24*li,week:168*li,month:744*li},di=ci,Z=class extends L{constructor(...t){super(...t),this.range=`live`,this.client=``,this.past=null,this.trouble=``,this.pointed=null,this.#e=null,this.#t=0,this.#n=0,this.#i=matchMedia(`(prefers-color-scheme: dark)`),this.#a=new ResizeObserver(()=>this.drawing&&this.#e?.resize(this.drawing)),this.#h=e=>{let t=this.#o.length-1,n=this.pointed??t,r={ArrowLeft:n-1,ArrowRight:n+1,PageUp:n-Math.ceil(t/10),PageDown:n+Math.ceil(t/10),Home:0,End:t}[e.key];r===void 0||t<0||(e.preventDefault(),this.#e?.point(Math.min(t,Math.max(0,r))))},this.#g=()=>{let t=++this.#t;e(async()=>{let{Plot:e,plotStyles:t}=await import(`./plot.33db7ade1220.js`);return{Plot:e,plotStyles:t}},__vite__mapDeps([0,1]),import.meta.url).then(({Plot:e,plotStyles:n})=>{let r=this.renderRoot;if(t!==this.#t||!this.shown||this.drawing===null)return;let i=n.styleSheet;i&&!r.adoptedStyleSheets.includes(i)&&r.adoptedStyleSheets.unshift(i),this.#e?.destroy();let a=this.range===`week`||this.range===`month`;this.#e=new e(this.drawing,fi(this),a,e=>this.pointed=e),this.#e.set(this.#o),this.#a.observe(this.drawing)})}}#e;#t;#n;#r;#i;#a;static{this.styles=[N,R,v(si)]}open(){this.shown||(super.open(),this.#i.addEventListener(`change`,this.#g),this.#r=setInterval(()=>void this.#m(),di),this.#m(),this.updateComplete.then(this.#g))}disconnectedCallback(){super.disconnectedCallback(),this.#_()}closed(){super.closed(),this.#_()}heading(){return y(`chart.title`)}updated(e){super.updated(e),this.shown&&this.#e?.set(this.#o)}get#o(){return this.#s?this.model.rates.samples:this.past??[]}get#s(){return this.range===`live`&&this.client===``}body(){let e=this.#o,t=this.pointed===null?void 0:e[this.pointed];return m`<div class="content">
      <div class="choices">
        <fieldset class="ranges" aria-label=${y(`chart.range`)}>
          ${Object.keys(ui).map(e=>m`<label
                ><input
                  type="radio"
                  name="range"
                  value=${e}
                  .checked=${e===this.range}
                  @change=${()=>this.#p(e,this.client)}
                />${y(`chart.${e}`)}</label
              >`)}
        </fieldset>
        ${this.#c()}
      </div>
      <figure>
        <div
          class="canvas"
          role="slider"
          tabindex="0"
          aria-label=${y(`chart.plot`)}
          aria-valuemin="0"
          aria-valuemax=${Math.max(0,e.length-1)}
          aria-valuenow=${this.pointed??Math.max(0,e.length-1)}
          aria-valuetext=${this.#f(t??e.at(-1))}
          @keydown=${this.#h}
        >
          <div class="drawing" aria-hidden="true"></div>
          ${this.#l(e)}
        </div>
        <p class="reading" aria-hidden="true">${t?this.#f(t):``}</p>
        <figcaption class="sums">${[`down`,`up`].map(t=>this.#u(t,e))}</figcaption>
      </figure>
    </div>`}#c(){let e=[...this.model.store.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return m`<select
      aria-label=${y(`chart.of`)}
      @change=${e=>this.#p(this.range,e.target.value)}
    >
      <option value="" ?selected=${this.client===``}>${y(`chart.all_clients`)}</option>
      ${e.map(({client:e,name:t})=>m`<option value=${e} ?selected=${this.client===e}>${t}</option>`)}
    </select>`}#l(e){return!this.#s&&this.trouble?m`<div class="instead">
        <p>${y(`chart.failed`,{reason:this.trouble})}</p>
        <button class="button outlined" @click=${()=>void this.#m()}>${y(`chart.retry`)}</button>
      </div>`:!this.#s&&this.past===null?m`<p class="instead">${y(`chart.loading`)}</p>`:e.length>2?a:m`<p class="instead">${y(this.#s?`chart.filling`:`chart.empty`)}</p>`}#u(e,t){let{peak:n,mean:r,sum:i}=et(t,e),o=(e,t,n=``)=>m`<div title=${n||a}>
        <dt>${e}</dt>
        <dd>${t||`–`}</dd>
      </div>`,s=n===null?``:y(`chart.at`,{time:this.#d(n.at)});return m`<div class="sum ${e}" data-sum=${e}>
      <h3>${F(e)}${y(`rates.${e}`)}</h3>
      <dl>
        ${o(y(`chart.peak`),g(n?.rate),s)} ${o(y(`chart.mean`),g(r))}
        ${o(y(`chart.sum`),r===null?``:_(i))}
      </dl>
    </div>`}#d(e){return this.range===`live`?f(e):l(new Date(e).toISOString())}#f(e){if(e===void 0)return y(`chart.empty`);let[t,n]=[e.down,e.up].map(e=>e===null?y(`chart.unknown`):g(e));return y(`chart.reading`,{time:this.#d(e.at),down:t??``,up:n??``})}#p(e,t){[this.range,this.client]=[e,t],[this.past,this.trouble,this.pointed]=[null,``,null],this.#m(),this.#g()}async#m(){if(this.#s)return;let e=++this.#n;try{let t=await Xe(this.model.source,this.model.store,this.client,ui[this.range]);e===this.#n&&([this.past,this.trouble]=[t,``])}catch(t){e===this.#n&&(this.trouble=w(t))}}#h;#g;#_(){clearInterval(this.#r),this.#i.removeEventListener(`change`,this.#g),this.#a.disconnect(),this.#e?.destroy(),this.#e=null,this.#n+=1,this.pointed=null}};j([k()],Z.prototype,`range`,void 0),j([k()],Z.prototype,`client`,void 0),j([k()],Z.prototype,`past`,void 0),j([k()],Z.prototype,`trouble`,void 0),j([k()],Z.prototype,`pointed`,void 0),j([A(`.drawing`)],Z.prototype,`drawing`,void 0),Z=j([D(`d2m-rate-chart`)],Z);function fi(e){let t=getComputedStyle(e),n=e=>t.getPropertyValue(`--d2m-${e}`).trim(),r=n(`font`)||`sans-serif`,i=parseFloat(getComputedStyle(document.documentElement).fontSize)*.75||12;return{down:n(`blue`),up:n(`green`),ink:n(`muted`),line:n(`line`),font:`${i}px ${r}`}}function pi(e){return e.event===`completed`||e.event===`failed`}function mi(e,t,n=3){if(e.length<=n)return e.map(e=>hi(e,t));let r=t=>e.filter(e=>e.event===t).length,[i,a]=[r(`completed`),r(`failed`)],o=[i>0?y(`bell.many_completed`,{count:i}):``,a>0?y(`bell.many_failed`,{count:a}):``],s=e.slice(0,5).map(e=>e.name),c=e.length>s.length?[`…`]:[];return[{title:o.filter(Boolean).join(` · `),body:[...s,...c].join(`
`),key:null}]}function hi(e,t){let n=e.event===`failed`?e.download.error:null;return{title:`${y(e.event===`failed`?`bell.failed`:`bell.completed`)}: ${e.name}`,body:[y(`bell.in`,{client:t(e.client)}),n].filter(Boolean).join(`
`),key:`${e.client}:${e.id}`}}var gi=1500,_i=`assets/notification-worker.js`,vi=class{#e=[];#t;constructor(e,t,n){this.memory=e,this.nameOf=t,this.onPress=n,navigator.serviceWorker?.addEventListener(`message`,this.#i)}get state(){return!(`Notification`in globalThis)||!isSecureContext?`missing`:Notification.permission===`denied`?`denied`:Notification.permission===`granted`&&this.memory.read(`alerts`)===!0?`on`:`off`}async turn(e){let t=e?await Notification.requestPermission()===`granted`:!1;this.memory.write(`alerts`,e&&t)}hear(e){this.state===`on`&&bi()&&(this.#e.push(e),this.#t??=setTimeout(this.#n,gi))}#n=()=>{this.#t=void 0;let e=this.#e;if(this.#e=[],bi())for(let t of mi(e,this.nameOf))this.#r(t)};async#r({title:e,body:t,key:n}){let r={body:t,icon:new URL(`assets/icon-192.png`,document.baseURI).href,tag:n??`many`,data:{key:n}};try{let t=new Notification(e,r);t.onclick=()=>{window.focus(),t.close(),this.onPress(n)}}catch{await(await yi())?.showNotification(e,r)}}#i=e=>{e.data&&`opened`in e.data&&this.onPress(e.data.opened??null)}};async function yi(){let e=await navigator.serviceWorker?.register(new URL(_i,document.baseURI)),t=e?.installing??e?.waiting;return e?.active||!t||await new Promise(e=>{t.addEventListener(`statechange`,()=>t.state===`activated`&&e())}),e}function bi(){return document.hidden||!document.hasFocus()}var xi=`:host{display:contents}.bell{position:relative}.unread{background:var(--d2m-red);min-width:1.05rem;color:var(--d2m-surface);font:650 .68rem/1.05rem var(--d2m-font);text-align:center;font-variant-numeric:tabular-nums;border-radius:.6rem;padding:0 .25rem;position:absolute;inset:.1rem 0 auto auto}[popover]{--width:min(25rem, calc(100vw - 1rem));inset:var(--top) min(var(--right), calc(100vw - .5rem - var(--width))) auto auto;width:var(--width);max-height:min(36rem, calc(100dvh - var(--top) - 1rem));padding:0;overflow-y:auto}header{justify-content:space-between;align-items:center;min-height:3rem;padding:.5rem .5rem .2rem 1.1rem;display:flex}h2{font-size:1rem;font-weight:650}header .button{color:var(--d2m-accent)}.ask,.hint{border-radius:var(--d2m-radius);background:var(--d2m-sunken);align-items:center;gap:.7rem;margin:.2rem .6rem .6rem;padding:.6rem .7rem;display:flex}.hint{color:var(--d2m-muted);font-size:.85rem}.ask input{appearance:none;background:color-mix(in srgb, var(--d2m-muted) 70%, var(--d2m-track));cursor:pointer;border-radius:1rem;flex:none;width:2.25rem;height:1.3rem;transition:background-color .15s;position:relative}.ask input:before{content:"";background:var(--d2m-surface);border-radius:50%;width:1rem;height:1rem;transition:translate .15s;position:absolute;inset:.15rem auto auto .15rem}.ask input:checked{background:var(--d2m-accent)}.ask input:checked:before{translate:.95rem}.none{color:var(--d2m-muted);padding:.8rem 1.1rem 1.4rem}ul{padding-bottom:.4rem}.news{grid-template-columns:1.2rem minmax(0,1fr) auto;gap:.05rem .7rem;width:100%;padding:.55rem 1.1rem;display:grid}button.news:hover{background:color-mix(in srgb, var(--d2m-ink) 5%, transparent)}button.news:focus-visible{outline-offset:-2px}.text{overflow-wrap:anywhere;font-weight:500}.about{color:var(--d2m-muted);overflow-wrap:anywhere;grid-column:2/-1;font-size:.82rem}time{color:var(--d2m-muted);white-space:nowrap;font-size:.79rem}[data-tone=completed] svg.icon{color:var(--d2m-green)}[data-tone=failed] svg.icon{color:var(--d2m-red)}[data-tone=notice] svg.icon{color:var(--d2m-blue)}`,Si=100,Q=class extends M{constructor(...e){super(...e),this.news=[],this.unread=0,this.shown=!1,this.#e={top:0,right:0},this.#t=[],this.#n=null,this.#r=new vi(re,e=>this.#m(e),e=>this.#p(e)),this.#a=e=>{pi(e)&&(this.#r.hear(e),this.#s({tone:e.event===`failed`?`failed`:`completed`,text:e.name,about:[y(e.event===`failed`?`bell.failed`:`bell.completed`),y(`bell.in`,{client:this.#m(e.client)}),e.event===`failed`?e.download.error:null].filter(Boolean).join(` · `),at:e.at,key:`${e.client}:${e.id}`}))},this.#o=e=>{this.#s({tone:`notice`,text:e.message,about:e.type,at:e.at,key:null})},this.#d=()=>{let{bottom:e,right:t}=this.bell.getBoundingClientRect();this.#e={top:e+6,right:Math.max(8,document.documentElement.clientWidth-t)},this.requestUpdate(),this.updateComplete.then(()=>this.popup.togglePopover())},this.#f=e=>{this.shown=e.newState===`open`,this.unread=0,this.shown&&this.updateComplete.then(()=>this.popup.querySelector(`input, button`)?.focus())}}#e;#t;#n;#r;static{this.styles=[N,v(xi)]}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.#i()}disconnectedCallback(){super.disconnectedCallback(),this.#t.forEach(e=>e()),this.#t=[]}willUpdate(e){super.willUpdate(e),e.has(`model`)&&this.#i();let{store:t}=this.model;(t.link.phase===`login`||t.live&&t.reader.user!==this.#n)&&this.news.length>0&&([this.news,this.unread]=[[],0]),t.live&&(this.#n=t.reader.user)}#i(){this.#t.forEach(e=>e()),this.#t=[this.model.onEvent(this.#a),this.model.onNotice(this.#o)]}#a;#o;#s(e){this.news=[e,...this.news].slice(0,Si),this.shown||(this.unread=Math.min(Si,this.unread+1))}render(){let e=this.unread>0?y(`bell.unread`,{count:this.unread}):y(`bell.label`);return m`<button
        class="button icon-only bell"
        title=${y(`bell.label`)}
        aria-label=${e}
        aria-haspopup="dialog"
        aria-expanded=${this.shown?`true`:`false`}
        @click=${this.#d}
      >
        ${F(`bell`)}${this.unread>0?m`<span class="unread" aria-hidden="true">${this.unread}</span>`:a}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${y(`bell.label`)}
        ${H({"--top":`${this.#e.top}px`,"--right":`${this.#e.right}px`})}
        @toggle=${this.#f}
      >
        ${this.shown?this.#c():a}
      </div>`}#c(){return m`<header>
        <h2>${y(`bell.label`)}</h2>
        ${this.news.length>0?m`<button class="button" @click=${()=>this.news=[]}>${y(`bell.clear`)}</button>`:a}
      </header>
      ${this.#l()}
      ${this.news.length>0?m`<ul>
              ${this.news.map(e=>this.#u(e))}
            </ul>`:m`<p class="none">${y(`bell.empty`)}</p>`}`}#l(){let{state:e}=this.#r;return e===`missing`?m`<p class="hint">${y(`bell.insecure`)}</p>`:e===`denied`?m`<p class="hint">${y(`bell.denied`)}</p>`:m`<label class="ask"
      ><input type="checkbox" role="switch" .checked=${e===`on`} @change=${async e=>{await this.#r.turn(e.target.checked),this.requestUpdate()}} />${y(`bell.turn_on`)}</label
    >`}#u(e){let t=m`${F({completed:`completed`,failed:`failed`,notice:`bell`}[e.tone])}<span class="text">${e.text}</span
      ><time datetime=${e.at} title=${n(e.at)}>${l(e.at,this.model.store.now())}</time
      ><span class="about">${e.about}</span>`;return m`<li data-tone=${e.tone}>
      ${e.key===null?m`<div class="news">${t}</div>`:m`<button class="news" @click=${()=>this.#p(e.key)}>${t}</button>`}
    </li>`}#d;#f;#p(e){this.popup?.matches(`:popover-open`)&&this.popup.hidePopover(),e!==null&&this.model.store.downloads.has(e)&&(this.model.selection.only(e),this.model.open(e))}#m(e){return this.model.store.clients.get(e)?.name??e}};j([k()],Q.prototype,`news`,void 0),j([k()],Q.prototype,`unread`,void 0),j([k()],Q.prototype,`shown`,void 0),j([A(`[popover]`)],Q.prototype,`popup`,void 0),j([A(`.bell`)],Q.prototype,`bell`,void 0),Q=j([D(`d2m-notifications`)],Q);var Ci=`:host{display:contents}.more svg{stroke-width:3px}`,wi=class extends M{static{this.styles=[N,v(Ci)]}render(){let{user:e}=this.model.store.reader,t=e===null?y(`user.menu`):y(`user.menu_of`,{user:e});return m`<button
      class="button icon-only ${e===null?`more`:``}"
      title=${t}
      aria-label=${t}
      aria-haspopup="menu"
      @click=${e=>Gn(e.currentTarget,this.#e())}
    >
      ${F(e===null?`more`:`user`)}
    </button>`}#e(){let{user:e}=this.model.store.reader,{login:t}=this.model.source;return[{label:y(`chart.title`),sign:`chart`,press:()=>this.tell(`d2m-chart`)},{label:y(`help.title`),sign:`help`,press:()=>this.tell(`d2m-help`)},...e!==null&&t!==void 0?[{label:y(`login.logout_of`,{user:e}),sign:`leave`,press:()=>void this.#t()}]:[]]}async#t(){try{await this.model.source.login?.logout()}catch(e){this.model.toasts.show(`bad`,y(`login.failed`,{reason:w(e)}))}}};wi=j([D(`d2m-user-menu`)],wi);var Ti=`.skip{z-index:20;border-radius:var(--d2m-radius);background:var(--d2m-accent);color:var(--d2m-on-accent);font:500 .9rem var(--d2m-font);padding:.5rem 1rem;position:fixed;inset:.5rem auto auto .5rem;translate:0 -4rem}.skip:focus{translate:none}@media (width<=68rem){.add{width:2.125rem;padding:0}.add span,.chart{display:none}}`,Ei=class extends M{static{this.styles=[It,N,v(Ti)]}render(){return m`
      <button class="skip" @click=${this.#n}>${y(`page.skip`)}</button>
      <d2m-dashboard
        .model=${this.model}
        page
        @d2m-add=${()=>this.#t(`d2m-add-dialog`)}
        @d2m-help=${()=>this.#t(`d2m-help-sheet`)}
        @d2m-chart=${()=>this.#t(`d2m-rate-chart`)}
      >
        <img slot="mark" src=${Lt} alt="" width="24" height="24" />
        ${this.#e()}
        <d2m-drawer slot="drawer" .model=${this.model}></d2m-drawer>
        <d2m-add-dialog .model=${this.model} page></d2m-add-dialog>
        <d2m-rate-chart .model=${this.model}></d2m-rate-chart>
        <d2m-help-sheet .model=${this.model}></d2m-help-sheet>
      </d2m-dashboard>
    `}#e(){let e=this.model.commands.taking(`add`).length>0;return m`${e?m`<button
              slot="buttons"
              class="button primary add"
              aria-label=${y(`add.title`)}
              @click=${()=>this.#t(`d2m-add-dialog`)}
            >
              ${F(`add`)}<span>${y(`add.open`)}</span>
            </button>`:a}
      <button
        slot="buttons"
        class="button icon-only chart"
        title=${y(`chart.open`)}
        aria-label=${y(`chart.open`)}
        @click=${()=>this.#t(`d2m-rate-chart`)}
      >
        ${F(`chart`)}
      </button>
      <d2m-notifications slot="buttons" .model=${this.model}></d2m-notifications>
      <d2m-user-menu slot="buttons" .model=${this.model}></d2m-user-menu>`}updated(){let{store:e}=this.model,{down:t}=at(e.clients.values()),n=e.live&&e.broker&&t>0?`↓ ${g(t)} · downloads2mqtt`:`downloads2mqtt`;document.title!==n&&(document.title=n)}#t(e){(e!==`d2m-add-dialog`||this.model.commands.taking(`add`).length!==0)&&this.renderRoot.querySelector(e)?.open()}#n=()=>{this.renderRoot.querySelector(`d2m-dashboard`)?.toList()}};Ei=j([D(`d2m-page`)],Ei),await r(navigator.languages),document.documentElement.lang=te();var $=new Ei;$.model=new vt(new Mt(document.baseURI),re);var Di=new P;Di.model=$.model,document.body.append($,Di),$.model.start();