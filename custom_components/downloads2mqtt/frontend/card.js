import{_ as e,a as t,c as n,d as r,f as i,g as a,h as o,i as s,l as c,m as l,n as u,o as d,p as f,r as p,s as m,t as ee,u as te}from"./downloads2mqtt-card.js";var ne=globalThis,re=ne.ShadowRoot&&(ne.ShadyCSS===void 0||ne.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,ie=Symbol(),ae=new WeakMap,oe=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==ie)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(re&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=ae.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&ae.set(t,e))}return e}toString(){return this.cssText}},se=e=>new oe(typeof e==`string`?e:e+``,void 0,ie),h=(e,...t)=>new oe(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,ie),ce=(e,t)=>{if(re)e.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of t){let t=document.createElement(`style`),r=ne.litNonce;r!==void 0&&t.setAttribute(`nonce`,r),t.textContent=n.cssText,e.appendChild(t)}},le=re?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return se(t)})(e):e,{is:ue,defineProperty:de,getOwnPropertyDescriptor:fe,getOwnPropertyNames:pe,getOwnPropertySymbols:me,getPrototypeOf:he}=Object,ge=globalThis,_e=ge.trustedTypes,ve=_e?_e.emptyScript:``,ye=ge.reactiveElementPolyfillSupport,be=(e,t)=>e,xe={toAttribute(e,t){switch(t){case Boolean:e=e?ve:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},Se=(e,t)=>!ue(e,t),Ce={attribute:!0,type:String,converter:xe,reflect:!1,useDefault:!1,hasChanged:Se};Symbol.metadata??=Symbol(`metadata`),ge.litPropertyMetadata??=new WeakMap;var g=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Ce){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&de(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=fe(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Ce}static _$Ei(){if(this.hasOwnProperty(be(`elementProperties`)))return;let e=he(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(be(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(be(`properties`))){let e=this.properties,t=[...pe(e),...me(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(le(e))}else e!==void 0&&t.push(le(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ce(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?xe:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?xe:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??Se)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};g.elementStyles=[],g.shadowRootOptions={mode:`open`},g[be(`elementProperties`)]=new Map,g[be(`finalized`)]=new Map,ye?.({ReactiveElement:g}),(ge.reactiveElementVersions??=[]).push(`2.1.2`);var we=globalThis,Te=e=>e,Ee=we.trustedTypes,De=Ee?Ee.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,Oe=`$lit$`,_=`lit$${Math.random().toFixed(9).slice(2)}$`,ke=`?`+_,Ae=`<${ke}>`,v=document,y=()=>v.createComment(``),b=e=>e===null||typeof e!=`object`&&typeof e!=`function`,je=Array.isArray,Me=e=>je(e)||typeof e?.[Symbol.iterator]==`function`,Ne=`[ 	
\f\r]`,x=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Pe=/-->/g,Fe=/>/g,S=RegExp(`>|${Ne}(?:([^\\s"'>=/]+)(${Ne}*=${Ne}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),Ie=/'/g,Le=/"/g,Re=/^(?:script|style|textarea|title)$/i,ze=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),C=ze(1),Be=ze(2),w=Symbol.for(`lit-noChange`),T=Symbol.for(`lit-nothing`),Ve=new WeakMap,E=v.createTreeWalker(v,129);function He(e,t){if(!je(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return De===void 0?t:De.createHTML(t)}var Ue=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=x;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===x?c[1]===`!--`?o=Pe:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=S):(Re.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=S):o=Fe:o===S?c[0]===`>`?(o=i??x,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?S:c[3]===`"`?Le:Ie):o===Le||o===Ie?o=S:o===Pe||o===Fe?o=x:(o=S,i=void 0);let d=o===S&&e[t+1].startsWith(`/>`)?` `:``;a+=o===x?n+Ae:l>=0?(r.push(s),n.slice(0,l)+Oe+n.slice(l)+_+d):n+_+(l===-2?t:d)}return[He(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},We=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Ue(t,n);if(this.el=e.createElement(l,r),E.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=E.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(Oe)){let t=u[o++],n=i.getAttribute(e).split(_),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?qe:r[1]===`?`?Je:r[1]===`@`?Ye:O}),i.removeAttribute(e)}else e.startsWith(_)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(Re.test(i.tagName)){let e=i.textContent.split(_),t=e.length-1;if(t>0){i.textContent=Ee?Ee.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],y()),E.nextNode(),c.push({type:2,index:++a});i.append(e[t],y())}}}else if(i.nodeType===8){if(i.data===ke)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(_,e+1))!==-1;)c.push({type:7,index:a}),e+=_.length-1}}a++}}static createElement(e,t){let n=v.createElement(`template`);return n.innerHTML=e,n}};function D(e,t,n=e,r){if(t===w)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=b(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=D(e,i._$AS(e,t.values),i,r)),t}var Ge=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??v).importNode(t,!0);E.currentNode=r;let i=E.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Ke(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Xe(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=E.nextNode(),a++)}return E.currentNode=v,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Ke=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=T,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=D(this,e,t),b(e)?e===T||e==null||e===``?(this._$AH!==T&&this._$AR(),this._$AH=T):e!==this._$AH&&e!==w&&this._(e):e._$litType$===void 0?e.nodeType===void 0?Me(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==T&&b(this._$AH)?this._$AA.nextSibling.data=e:this.T(v.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=We.createElement(He(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new Ge(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=Ve.get(e.strings);return t===void 0&&Ve.set(e.strings,t=new We(e)),t}k(t){je(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(y()),this.O(y()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=Te(e).nextSibling;Te(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},O=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=T,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=T}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=D(this,e,t,0),a=!b(e)||e!==this._$AH&&e!==w,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=D(this,r[n+o],t,o),s===w&&(s=this._$AH[o]),a||=!b(s)||s!==this._$AH[o],s===T?e=T:e!==T&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===T?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},qe=class extends O{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===T?void 0:e}},Je=class extends O{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==T)}},Ye=class extends O{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=D(this,e,t,0)??T)===w)return;let n=this._$AH,r=e===T&&n!==T||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==T&&(n===T||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Xe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){D(this,e)}},Ze={M:Oe,P:_,A:ke,C:1,L:Ue,R:Ge,D:Me,V:D,I:Ke,H:O,N:Je,U:Ye,B:qe,F:Xe},Qe=we.litHtmlPolyfillSupport;Qe?.(We,Ke),(we.litHtmlVersions??=[]).push(`3.3.3`);var $e=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Ke(t.insertBefore(y(),e),e,void 0,n??{})}return i._$AI(e),i},et=globalThis,k=class extends g{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=$e(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return w}};k._$litElement$=!0,k.finalized=!0,et.litElementHydrateSupport?.({LitElement:k});var tt=et.litElementPolyfillSupport;tt?.({LitElement:k}),(et.litElementVersions??=[]).push(`4.2.2`);var A=e=>(t,n)=>{n===void 0?customElements.define(e,t):n.addInitializer(()=>{customElements.define(e,t)})},nt={attribute:!0,type:String,converter:xe,reflect:!1,hasChanged:Se},rt=(e=nt,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function j(e){return(t,n)=>typeof n==`object`?rt(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function M(e){return j({...e,state:!0,attribute:!1})}var it=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function N(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return it(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return it(n,r,{get(){return a(this)}})}}var at=500,ot=3e4,st=class{#e=0;constructor(e=Math.random,t=ot){this.random=e,this.longest=t}next(){let e=Math.min(this.longest,at*2**this.#e);return this.#e+=1,e*(.5+this.random())}reset(){this.#e=0}},ct=class extends Error{constructor(e,t){super(t),this.code=e,this.name=`RequestFailure`}},lt=`downloads2mqtt/subscribe`,ut=`downloads2mqtt/request`,dt=5e3,ft=[`off`,`safe`,`full`],pt=class{#e;#t;#n;#r;#i;#a;#o;#s;#c;constructor(e,t={},n=Math.random){this.connection=e,this.wanted=t,this.problem=null,this.#t=null,this.#n=0,this.#r=null,this.#a=0,this.#o=!0,this.#s=new Map,this.#c={phase:`connecting`},this.#_=()=>{this.#e.reset(),this.#u()},this.#v=()=>{this.#h(),this.problem=null,this.#g({phase:`connecting`})},this.#e=new st(n,dt)}start(e){this.#t=e,this.connection.addEventListener(`ready`,this.#_),this.connection.addEventListener(`disconnected`,this.#v),this.connection.connected?this.#u():this.#g({phase:`connecting`})}stop(){this.connection.removeEventListener(`ready`,this.#_),this.connection.removeEventListener(`disconnected`,this.#v),this.#h(),this.#t=null}retry(){this.connection.connected&&this.#c.phase===`waiting`&&this.#u()}renew(){this.#t!==null&&this.connection.connected&&this.#u()}async request(t,n,r={}){if(!this.connection.connected)throw new ct(`disconnected`,e(`card.reason_disconnected`));try{return await this.connection.sendMessagePromise({type:ut,topic:t,verb:n,fields:r,...this.#l})}catch(e){throw gt(e)}}get#l(){return this.wanted.entry===void 0?{}:{entry_id:this.wanted.entry}}async#u(){this.#h();let e=this.#n,t=this.wanted.clients===void 0?{}:{clients:[...this.wanted.clients]};try{let n=await this.connection.subscribeMessage(t=>e===this.#n&&this.#d(t),{type:lt,...this.#l,...t},{resubscribe:!1});e===this.#n?this.#r=n:n().catch(()=>void 0)}catch(t){e===this.#n&&this.connection.connected&&this.#m(ht(t))}}#d(e){let t=this.#t;if(t!==null){if(e.t===`error`)return this.#m(`not_loaded`);if(e.t===`snapshot`||e.t===`delta`||e.t===`event`){if(e.t===`delta`&&(e.prev!==this.#a||this.#f(e)))return void this.#u();if(this.#a=e.seq,e.t===`event`)return t.onEvent(e);if(e.t===`delta`)return this.#p(Object.entries(e.bridges??{})),t.onDelta(e);this.#o=e.broker,this.#s.clear(),this.#p(e.bridges.map(e=>[e.bridge,e])),t.onSnapshot(e),this.problem=null,this.#e.reset(),this.#g({phase:`live`})}}}#f(e){return!this.#o||Object.values(e.bridges??{}).some(e=>e!==null&&`state`in e)}#p(e){for(let[t,n]of e)n===null?this.#s.delete(t):n.info&&this.#s.set(t,n.info.control);let t=Math.max(0,...[...this.#s.values()].map(e=>ft.indexOf(e)));this.#t?.onReader({user:null,control:ft[t]??`off`})}#m(e){this.#h(),this.problem=e;let t=this.#e.next();this.#i=setTimeout(()=>void this.#u(),t),this.#g({phase:`waiting`,retryAt:Date.now()+t})}#h(){clearTimeout(this.#i),this.#n+=1;let e=this.#r;this.#r=null,this.connection.connected&&e?.().catch(()=>void 0)}#g(e){this.#c=e,this.#t?.onLink(e)}#_;#v};function mt(e){let{code:t,message:n}=typeof e==`object`&&e?e:{};return{code:typeof t==`string`?t:``,message:typeof n==`string`?n:``}}function ht(e){let{code:t}=mt(e);return t===`unknown_command`?`missing`:t===`not_found`?`not_loaded`:`failed`}function gt(t){let{code:n,message:r}=mt(t);return n===``?new ct(`interrupted`,``):new ct(n,n===`unauthorized`?e(`card.reason_unauthorized`):r)}var _t=`downloads2mqtt.`,vt={read(e){try{let t=localStorage.getItem(_t+e);return t===null?void 0:JSON.parse(t)}catch{return}},write(e,t){try{localStorage.setItem(_t+e,JSON.stringify(t))}catch{}}},yt={name:13,state:8.6,progress:9,size:5.2,downloaded:5.8,uploaded:5.8,download_rate:6,upload_rate:6,eta:5.8,ratio:4,seeds:4,peers:4,client:6.5,category:7,tags:8,queue_position:4,added_at:8,completed_at:8,protocol:5.5,path:14},bt=[`name`,`state`,`progress`,`size`,`download_rate`,`upload_rate`,`eta`,`ratio`,`client`],xt=3,St=60,Ct=class{#e;constructor(e){this.memory=e,this.shown=Tt(e.read(`columns`)),this.#e=Et(e.read(`widths`))}get all(){return[...this.shown,...n.filter(e=>!this.shown.includes(e))]}get total(){return this.shown.reduce((e,t)=>e+this.width(t),0)}width(e){return this.#e.get(e)??yt[e]}isResized(e){return this.#e.has(e)}resize(e,t){t===null?this.#e.delete(e):this.#e.set(e,Math.min(St,Math.max(xt,t))),this.memory.write(`widths`,Object.fromEntries(this.#e))}show(e,t){e!==`name`&&t!==this.shown.includes(e)&&this.#t(t?[...this.shown,e]:this.shown.filter(t=>t!==e))}move(e,t){let n=this.shown.indexOf(e),r=Math.min(this.shown.length-1,Math.max(1,n+t));if(n<1||n===r)return;let i=this.shown.filter(t=>t!==e);i.splice(r,0,e),this.#t(i)}reset(){this.#e.clear(),this.memory.write(`widths`,{}),this.#t([...bt])}#t(e){this.shown=e,this.memory.write(`columns`,e)}};function wt(e){return n.some(t=>t===e)}function Tt(e){return Array.isArray(e)?[`name`,...[...new Set(e.filter(wt))].filter(e=>e!==`name`)]:[...bt]}function Et(e){let t=typeof e==`object`&&e?Object.entries(e):[];return new Map(t.filter(e=>wt(e[0])&&Number.isFinite(e[1])))}var Dt=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],Ot=new Set([`queued`,`metadata`,`downloading`,`stalled`,`checking`,`processing`,`seeding`,`unknown`]),kt=new Set([`paused`,`failed`,`completed`,`unknown`]),At=class{constructor(e,t,n){this.store=e,this.source=t,this.toasts=n}get allowed(){return this.store.reader.control!==`off`}get mayDeleteData(){return this.store.reader.control===`full`}takes(e,t){return!this.store.available(e)||t!==`poll`&&!this.allowed?!1:t===`poll`||(this.store.clients.get(e)?.abilities.includes(t)??!1)}taking(e){return[...this.store.clients.keys()].filter(t=>this.takes(t,e))}fitting(e,t){let n=new Set(this.taking(e));return[...t].filter(t=>n.has(t.client)&&Mt(e,t))}async run(e,t,n={}){let r=[...Nt(t)].map(([t,r])=>this.ask(t,e,{ids:r.map(e=>e.id),...n}));return(await Promise.all(r)).every(Boolean)}async runAll(e,t){return(await Promise.all([...t].map(t=>this.ask(t,e,{all:!0})))).every(Boolean)}async ask(t,n,r={}){try{return await this.source.request(`client/${t}`,n,r),!0}catch(r){let i=this.store.clients.get(t)?.name??t;return this.toasts.show(`bad`,e(`toast.failed`,{client:i,verb:e(`verb.${n}`),reason:jt(r)})),!1}}};function jt(t){if(!(t instanceof ct))throw t;switch(t.code){case`disconnected`:case`interrupted`:case`timeout`:case`too_large`:return t.message||e(`reason.${t.code}`);default:return t.message||e(`reason.failed`)}}function Mt(e,t){let n=f(t);switch(e){case`pause`:return Ot.has(n);case`resume`:return kt.has(n);case`recheck`:case`reannounce`:return t.protocol===`torrent`;case`remove`:return!0}}function Nt(e){let t=new Map;for(let n of e){let e=t.get(n.client);e===void 0?t.set(n.client,[n]):e.push(n)}return t}var P=[`state`,`client`,`category`,`tag`],Pt={words:[],state:new Set,client:new Set,category:new Set,tag:new Set};function Ft(e){return e.words.length>0||P.some(t=>e[t].size>0)}function It(e){return e.toLowerCase().split(/\s+/).filter(Boolean)}var Lt=new Set([...Object.values({state:`state`,client:`client`,category:`category`,tag:`tags`}),`name`]);function Rt(e,t,n){let r={state:new Map,client:new Map,category:new Map,tag:new Map},i=P.filter(e=>t[e].size>0),a=[];for(let o of e){if(o.shown=!1,t.words.length&&!Ht(Vt(o,n),t.words))continue;let e=i.filter(e=>!zt(o,e,t)),[s]=e;if(s===void 0){for(let e of P)Bt(o,e,r);o.shown=!0,a.push(o)}else e.length===1&&Bt(o,s,r)}return{rows:a,counts:r}}function zt(e,t,n){switch(t){case`state`:return n.state.has(f(e));case`client`:return n.client.has(e.client);case`category`:return n.category.has(e.category??``);case`tag`:return e.tags.length?e.tags.some(e=>n.tag.has(e)):n.tag.has(``)}}function Bt(e,t,n){let r=n[t],i=e=>r.set(e,(r.get(e)??0)+1);if(t===`state`)i(f(e));else if(t===`client`)i(e.client);else if(t===`category`)i(e.category??``);else if(e.tags.length===0)i(``);else for(let t of e.tags)i(t)}function Vt(e,t){return e.text??=[e.name,e.client,t(e.client),e.category,...e.tags].join(`
`).toLowerCase(),e.text}function Ht(e,t){return t.every(t=>e.includes(t))}var Ut=class{constructor(e){this.compare=e,this.items=[]}reset(e,t=this.compare){this.compare=t,this.items=[...e].sort(t)}update(e,t){let n=this.items.filter(n=>!e.has(n)&&!t.has(n)),r=[...e].filter(e=>!t.has(e)).sort(this.compare),i=[],a=0;for(let e of r){let t=this.#e(n,e,a);for(;a<t;a+=1)i.push(n[a]);i.push(e)}for(;a<n.length;a+=1)i.push(n[a]);this.items=i}#e(e,t,n){let r=n,i=e.length;for(;r<i;){let n=r+i>>>1;this.compare(e[n],t)<=0?r=n+1:i=n}return r}},Wt={state:new Map,client:new Map,category:new Map,tag:new Map},Gt=class{#e;#t;#n;#r;#i;#a;constructor(e){this.store=e,this.rows=[],this.counts=Wt,this.version=0,this.#e=Pt,this.#t={by:`state`,direction:1},this.#n=!0,this.#r=!0,this.#i=new Ut(c),this.#a=new Ut(c),this.#c=e=>this.store.clients.get(e)?.name??e}get filter(){return this.#e}set filter(e){this.#e=e,this.#r=!0}get sort(){return this.#t}set sort(e){this.#t=e,this.#n=!0}update(e){let t=e.added.length>0||e.removed.size>0,n=e.fields.has(`name`);e.all?this.#i.reset(this.store.downloads.values()):(t||n)&&this.#i.update(new Set([...e.added,...n?e.changed:[]]),e.removed),(e.all||t||n)&&this.#i.items.forEach((e,t)=>e.rank=t);let r=t||n||e.fields.has(this.#t.by);e.all||this.#n?this.#a.reset(this.store.downloads.values(),te(this.#t,this.#c)):r&&this.#a.update(new Set([...e.added,...e.changed]),e.removed);let i=t||[...e.fields].some(e=>Lt.has(e));e.all||this.#r||i?this.#s():(this.#n||r)&&this.#o(),this.#n=this.#r=!1}#o(){this.rows=this.#a.items.filter(e=>e.shown),this.version+=1}#s(){({rows:this.rows,counts:this.counts}=Rt(this.#a.items,this.#e,this.#c)),this.version+=1}#c},Kt=600,qt=class{constructor(){this.samples=[]}take(e,t){this.samples.push({at:e,down:t?.down??null,up:t?.up??null}),this.samples.length>Kt&&this.samples.shift()}};function Jt(e){let[t,n]=[0,0];for(let{available:r,stats:i}of e)r&&(t+=i?.download_rate??0,n+=i?.upload_rate??0);return{down:t,up:n}}var Yt=class{constructor(){this.keys=new Set,this.active=null,this.#e=null}#e;get size(){return this.keys.size}has(e){return this.keys.has(e)}only(e){this.keys.clear(),this.keys.add(e),this.active=this.#e=e}toggle(e){this.keys.delete(e)||this.keys.add(e),this.active=this.#e=e}extend(e,t){let n=this.#e??this.active??t,r=e.findIndex(e=>e.key===n),i=e.findIndex(e=>e.key===t);if(i<0)return;this.keys.clear();let[a,o]=r<0?[i,i]:[Math.min(r,i),Math.max(r,i)];for(let t of e.slice(a,o+1))this.keys.add(t.key);this.#e=r<0?t:n,this.active=t}move(e){this.active=e}all(e){for(let t of e)this.keys.add(t.key)}clear(){this.keys.clear(),this.#e=null}prune(e){for(let t of this.keys)e.get(t)?.shown||this.keys.delete(t);this.active!==null&&!e.get(this.active)?.shown&&(this.active=null),this.#e!==null&&!e.get(this.#e)?.shown&&(this.#e=null)}},Xt=500,Zt=()=>({all:!1,added:[],removed:new Set,changed:new Set,fields:new Set}),Qt=[`name`,`category`,`tags`],$t=class{#e;#t;#n;constructor(e,t=()=>void 0,n=()=>void 0){this.onChange=e,this.hearEvent=t,this.hearNotice=n,this.downloads=new Map,this.bridges=new Map,this.clients=new Map,this.events=[],this.link={phase:`connecting`},this.reader={user:null,control:`off`},this.broker=!0,this.ready=!1,this.lastTold=0,this.#e=0,this.#t=Zt(),this.#n=new Map}get live(){return this.link.phase===`live`}get stale(){return this.ready&&(!this.live||!this.broker)}now(){return Date.now()+this.#e}available(e){return this.live&&this.broker&&(this.clients.get(e)?.available??!1)}answered(e){let t=e.available?this.#n.get(e.client)??0:0;return Math.max(t,e.last_ok===null?0:Date.parse(e.last_ok))}take(){let e=this.#t;return this.#t=Zt(),e}onLink(e){this.link=e,e.phase===`login`&&this.#i(),this.onChange()}onReader(e){this.reader=e,this.onChange()}onClock(e){this.#e=e-Date.now(),this.lastTold=Date.now()}onSnapshot(e){this.broker=e.broker,this.bridges=new Map(e.bridges.map(e=>[e.bridge,e])),this.clients=new Map(e.clients.map(e=>[e.client,e])),this.downloads.clear();for(let t of e.downloads){let e=en(t);this.downloads.set(e.key,e)}this.#t.all=!0,this.ready=!0,this.#r()}onDelta(e){e.broker!==void 0&&(this.broker=e.broker);for(let[t,n]of Object.entries(e.set??{}))this.#a(t,n);for(let t of e.del??[])this.#o(t);this.#s(this.bridges,e.bridges),this.#s(this.clients,e.clients);for(let t of Object.keys(e.clients??{}))this.#n.set(t,this.now());this.#r()}onEvent(e){this.events.push(e),this.events.length>Xt&&this.events.splice(0,this.events.length-Xt),this.hearEvent(e),this.#r()}onNotice(e){this.hearNotice(e),this.#r()}#r(){this.lastTold=Date.now(),this.onChange()}#i(){this.downloads.clear(),this.bridges.clear(),this.clients.clear(),this.events=[],this.ready=!1,this.#t.all=!0}#a(e,t){let n=this.downloads.get(e);if(n===void 0){let n=en(t);this.downloads.set(e,n),this.#t.added.push(n),this.#n.set(n.client,this.now())}else{Object.assign(n,t);for(let e in t)this.#t.fields.add(e);Qt.some(e=>e in t)&&(n.text=null),this.#t.changed.add(n),this.#n.set(n.client,this.now())}}#o(e){let t=this.downloads.get(e);t!==void 0&&(this.downloads.delete(e),this.#t.removed.add(t))}#s(e,t){for(let[n,r]of Object.entries(t??{}))r===null?e.delete(n):e.set(n,{...e.get(n),...r}),this.#t.all||=r===null||`name`in r}};function en(e){return Object.assign(e,{key:`${e.client}:${e.id}`,rank:0,text:null,shown:!1})}var tn={good:5,bad:12},nn=class{#e;constructor(e){this.onChange=e,this.shown=[],this.#e=1}show(e,t){if(this.shown.some(e=>e.text===t))return;let n=this.#e++;this.shown=[...this.shown,{id:n,tone:e,text:t}].slice(-4),setTimeout(()=>this.dismiss(n),tn[e]*1e3),this.onChange()}dismiss(e){this.shown=this.shown.filter(t=>t.id!==e),this.onChange()}},rn=1e3,an=1e3,on=new Set([`progress`,`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`ratio`,`seeds`,`peers`,`added_at`,`completed_at`]),sn=class{#e;#t;#n;#r;#i;constructor(e,t){this.source=e,this.memory=t,this.selection=new Yt,this.rates=new qt,this.opened=null,this.#e=new Set,this.#t=new Set,this.#n=new Set,this.#r=!1,this.touch=()=>{this.#r||(this.#r=!0,globalThis.document?.hidden??!0?setTimeout(this.#o,an):requestAnimationFrame(this.#o))},this.#a=()=>{let{store:e}=this;this.rates.take(Date.now(),e.live&&e.broker?Jt(e.clients.values()):null),this.touch()},this.#o=()=>{this.#r=!1,this.listing.update(this.store.take()),this.selection.prune(this.store.downloads);for(let e of this.#e)e()},this.toasts=new nn(this.touch),this.store=new $t(this.touch,e=>this.#t.forEach(t=>t(e)),e=>this.#n.forEach(t=>t(e))),this.listing=new Gt(this.store),this.columns=new Ct(t),this.commands=new At(this.store,e,this.toasts),this.listing.sort=cn(t.read(`sort`))}start(){this.source.start(this.store),this.#i=setInterval(this.#a,rn)}stop(){this.source.stop(),clearInterval(this.#i)}watch(e){return this.#e.add(e),()=>this.#e.delete(e)}onEvent(e){return this.#t.add(e),()=>this.#t.delete(e)}onNotice(e){return this.#n.add(e),()=>this.#n.delete(e)}get filter(){return this.listing.filter}narrow(e){this.listing.filter={...this.listing.filter,...e},this.touch()}choose(e,t,n){let r=this.listing.filter[e],i=t.every(e=>r.has(e))&&(n||r.size===t.length),a=new Set(n?r:[]);for(let e of t)i?a.delete(e):a.add(e);this.narrow({[e]:a})}showEverything(){this.narrow(Pt)}sortBy(e,t){let{sort:n}=this.listing,r=on.has(e)?-1:1,i=n.direction===1?-1:1;this.listing.sort={by:e,direction:t??(e===n.by?i:r)},this.memory.write(`sort`,this.listing.sort),this.touch()}open(e){this.opened=e,this.touch()}get selected(){return this.listing.rows.filter(e=>this.selection.has(e.key))}#a;#o};function cn(e){let{by:t,direction:r}=e??{},i=n.find(e=>e===t);return{by:i??`state`,direction:i!==void 0&&r===-1?-1:1}}var F=h`
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
`,ln=2e3,un=new Set([`clients`,`states`,`categories`,`entry_id`,`max_rows`]);async function dn(t=document.querySelector(`home-assistant`)?.hass){t!==void 0&&await a(u(t));let{clients:r,categories:o}=await pn(t?.connection),s=e=>({select:{multiple:!0,custom_value:!0,mode:`dropdown`,options:e}});return{schema:[{name:`title`,selector:{text:{}}},{name:`view`,selector:{select:{mode:`list`,options:d.map(e=>fn(e,`card.view_${e}`))}}},{name:`clients`,selector:s(r)},{name:`states`,selector:{select:{multiple:!0,mode:`dropdown`,options:i.map(e=>fn(e,`state.${e}`))}}},{name:`categories`,selector:s(o)},{name:``,type:`grid`,schema:[{name:`sort`,selector:(e=>({select:{mode:`dropdown`,options:e}}))(n.map(e=>fn(e,`column.${e}`)))},{name:`max_rows`,selector:{number:{min:1,max:50,mode:`box`}}},{name:`descending`,selector:{boolean:{}}},{name:`hide_rates`,selector:{boolean:{}}},{name:`hide_actions`,selector:{boolean:{}}},{name:`hide_clients`,selector:{boolean:{}}}]},{name:`entry_id`,selector:{config_entry:{integration:`downloads2mqtt`}}}],computeLabel:({name:t})=>e(`card.set_${t}`),computeHelper:({name:t})=>un.has(t)?e(`card.help_${t}`):void 0,assertConfig:e=>void m(e)}}function fn(t,n){return{value:t,label:e(n)}}async function pn(e){let t=e===void 0?void 0:await Promise.race([mn(e),hn()]);return{clients:(t?.clients??[]).map(({client:e,name:t})=>({value:e,label:t})),categories:[...new Set((t?.downloads??[]).flatMap(({category:e})=>e||[]))].sort().map(e=>({value:e,label:e}))}}async function mn(e){let t,n=new Promise(e=>t=e);try{let r=await e.subscribeMessage(e=>t(e),{type:lt},{resubscribe:!1}),i=await Promise.race([n,hn()]);return r().catch(()=>void 0),i}catch{return}}function hn(){return new Promise(e=>setTimeout(()=>e(void 0),ln))}var gn=class{constructor(e,t){this.source=e,this.bounds=t}start(e){this.source.start(new _n(e,this.bounds))}stop(){this.source.stop()}retry(){this.source.retry()}request(e,t,n){return this.source.request(e,t,n)}},_n=class{#e=new Map;#t=new Set;constructor(e,t){this.listener=e,this.bounds=t}onSnapshot(e){this.#e.clear(),this.#t.clear();let t=e.downloads.filter(e=>{let t=`${e.client}:${e.id}`;return this.#e.set(t,{...e}),this.#n(e)&&this.#t.add(t),this.#t.has(t)});this.listener.onSnapshot({...e,downloads:t})}onDelta(e){let t={},n=[];for(let[r,i]of Object.entries(e.set??{})){let e={...this.#e.get(r),...i};this.#e.set(r,e);let a=this.#t.has(r);this.#n(e)?(t[r]=a?i:{...e},this.#t.add(r)):a&&(this.#t.delete(r),n.push(r))}for(let t of e.del??[])this.#e.delete(t),this.#t.delete(t)&&n.push(t);this.listener.onDelta({...e,set:t,del:n})}onEvent(e){this.listener.onEvent(e)}onNotice(e){this.listener.onNotice(e)}onLink(e){this.listener.onLink(e)}onReader(e){this.listener.onReader(this.bounds.actions?e:{...e,control:`off`})}onClock(e){this.listener.onClock(e)}#n(e){let{states:t,categories:n}=this.bounds;return(t?.has(f(e))??!0)&&(n?.has(e.category??``)??!0)}},vn=h`
  :host {
    display: block;
    height: 100%;
    --d2m-ink: var(--primary-text-color, #141414);
    --d2m-muted: var(--secondary-text-color, #5e5e5e);
    --d2m-surface: var(--ha-card-background, var(--card-background-color, #fff));
    --d2m-paper: var(--card-background-color, #fff);
    --d2m-raised: var(--card-background-color, #fff);
    --d2m-sunken: color-mix(in srgb, var(--d2m-ink) 6%, transparent);
    --d2m-line: var(--divider-color, rgb(0 0 0 / 12%));
    --d2m-track: color-mix(in srgb, var(--d2m-ink) 12%, transparent);
    --d2m-accent: var(--primary-color, #009ac7);
    --d2m-on-accent: var(--text-primary-color, #fff);
    --d2m-blue: color-mix(in srgb, var(--blue-color, #2196f3) 76%, var(--d2m-ink));
    --d2m-green: color-mix(in srgb, var(--green-color, #4caf50) 68%, var(--d2m-ink));
    --d2m-amber: color-mix(in srgb, var(--orange-color, #ff9800) 62%, var(--d2m-ink));
    --d2m-red: color-mix(in srgb, var(--red-color, #f44336) 82%, var(--d2m-ink));
    --d2m-violet: color-mix(in srgb, var(--purple-color, #926bc7) 82%, var(--d2m-ink));
    --d2m-teal: color-mix(in srgb, var(--teal-color, #009688) 82%, var(--d2m-ink));
    --d2m-grey: color-mix(in srgb, var(--grey-color, #9e9e9e) 65%, var(--d2m-ink));
    --d2m-shadow: 0 1px 2px rgb(0 0 0 / 8%), 0 12px 32px rgb(0 0 0 / 22%);
    --d2m-radius: 0.5rem;
    --d2m-radius-large: var(--ha-card-border-radius, 0.75rem);
    --d2m-unit: 16px; /* Home Assistant's rem is smaller, its text is not */
    --d2m-row: 38px;
    --d2m-row-phone: 72px;
    --d2m-font: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    --d2m-mono: var(--ha-font-family-code, monospace);
    color-scheme: light;
    color: var(--d2m-ink);
    font: 400 var(--ha-font-size-m, 14px) / 1.4 var(--d2m-font);
  }

  :host([dark]) {
    color-scheme: dark;
  }

  ha-card {
    display: flex;
    flex-direction: column;
    position: relative;
    height: 100%;
    overflow: hidden;
  }
`,yn={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},bn=e=>(...t)=>({_$litDirective$:e,values:t}),xn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Sn}=Ze,Cn=e=>e,wn=()=>document.createComment(``),Tn=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new Sn(r.insertBefore(wn(),i),r.insertBefore(wn(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=Cn(e).nextSibling;Cn(r).insertBefore(e,i),e=t}}}return n},I=(e,t,n=e)=>(e._$AI(t,n),e),En={},Dn=(e,t=En)=>e._$AH=t,On=e=>e._$AH,kn=e=>{e._$AR(),e._$AA.remove()},An=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},jn=bn(class extends xn{constructor(e){if(super(e),e.type!==yn.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=On(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=I(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=I(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=I(i[d],a[m]),Tn(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=I(i[f],a[p]),Tn(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=An(o,p,m),u=An(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=Tn(e,i[d]);I(t,a[p]),c[p]=t}else c[p]=I(n,a[p]),Tn(e,i[d],n),i[t]=null;p++}else kn(i[f]),f--}else kn(i[d]),d++;for(;p<=m;){let t=Tn(e,c[m+1]);I(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&kn(e)}return this.ut=o,Dn(e,c),w}}),Mn=[`B`,`kB`,`MB`,`GB`,`TB`,`PB`,`EB`],Nn=[[86400,`d`],[3600,`h`],[60,`min`],[1,`s`]],Pn=new Map;function L(e,t,n=!0){let r=`${o()}/${t}/${n}`,i=Pn.get(r);if(i===void 0){let e={maximumFractionDigits:t,minimumFractionDigits:n?t:0};Pn.set(r,i=new Intl.NumberFormat(o(),e))}return i.format(e)}function R(e){if(e==null)return``;let t=0,n=e;for(;n>=999.5&&t<Mn.length-1;)n/=1e3,t+=1;return`${L(n,+(t>0&&n<99.95))} ${Mn[t]}`}function z(e){return e==null?``:`${R(e)}/s`}function B(e){return e==null?``:e>=100?`100 %`:`${L(Math.floor(e*10)/10,1)} %`}function Fn(e){return e==null?``:L(e,2)}function V(e){return e==null?``:L(e,0)}function H(t){if(t==null)return``;let n=Nn.findIndex(([e])=>t>=e),r=Nn[n];if(r===void 0)return`0 ${e(`unit.s`)}`;let[i,a]=r,o=Math.floor(t/i),s=Nn[n+1],c=s===void 0||o>=10||i===60?0:Math.floor(t%i/s[0]),l=`${L(o,0)} ${e(`unit.${a}`)}`;return c>0&&s!==void 0?`${l} ${c} ${e(`unit.${s[1]}`)}`:l}function In(e){return new Date(e).toLocaleTimeString(o(),{hour:`2-digit`,minute:`2-digit`,second:`2-digit`})}function Ln(e,t=Date.now()){if(!e)return``;let n=new Date(e),r={hour:`2-digit`,minute:`2-digit`};if(new Date(t).toDateString()===n.toDateString())return n.toLocaleTimeString(o(),r);let i=Math.abs(t-n.getTime())<15552e6,a={day:`numeric`,month:`short`};return n.toLocaleString(o(),i?{...a,...r}:{...a,year:`numeric`})}function Rn(e){return e?new Date(e).toLocaleString(o(),{dateStyle:`full`,timeStyle:`medium`}):``}var zn={add:`M12 5v14M5 12h14`,attention:`M12 4 2.8 19.5h18.4L12 4ZM12 10v4.2M12 17v.01`,bell:`M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4`,copy:`M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4`,chart:`M4 4v16h16M7.5 14.5l3.5-4 3 2.5 4.5-6`,check:`m5 12.5 4.5 4.5L19 7.5`,clear:`M6 6l12 12M18 6 6 18`,columns:`M4 5h16v14H4zM9.5 5v14M15 5v14`,down:`M12 4.5v14M6 13l6 6 6-6`,edit:`M4.5 19.5h4L19 9a2.1 2.1 0 0 0-3-3L5.5 16.5l-1 3ZM14 8l3 3`,file:`M6 3.5h8l4 4v13H6zM14 3.5v4h4`,filter:`M4 6h16M7 12h10M10 18h4`,help:`M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z`,layers:`m12 4 8.5 4.5L12 13 3.5 8.5 12 4ZM4 12.5l8 4.3 8-4.3M4 16.2l8 4.3 8-4.3`,leave:`M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5`,more:`M12 5.5v.01M12 12v.01M12 18.5v.01`,pause:`M8.5 5.5v13M15.5 5.5v13`,recheck:`M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2M20 4.5v4.7h-4.7`,refresh:`M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.2M20 4.5v4.7h-4.7M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.8M4 19.5v-4.7h4.7`,remove:`M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5`,resume:`M8 5.5v13l10.5-6.5L8 5.5Z`,search:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4`,select:`M4.5 4.5h15v15h-15zM8.5 12l2.5 2.5 4.5-5`,sort:`M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5`,up:`M12 19.5v-14M6 11l6-6 6 6`,user:`M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0`,checking:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4M8.3 11l2 2 3.4-3.8`,completed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.6`,downloading:`M12 4v11M7 10.5l5 5 5-5M5 19.5h14`,failed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.2M12 16.2v.01`,metadata:`M10 13.5a4 4 0 0 0 6 .4l2.6-2.6a4 4 0 0 0-5.6-5.6l-1.4 1.3M14 10.5a4 4 0 0 0-6-.4l-2.6 2.6a4 4 0 0 0 5.6 5.6l1.4-1.3`,paused:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6`,processing:`M12 3.5 20 8v8l-8 4.5L4 16V8l8-4.5ZM4.3 8.2 12 12.5l7.7-4.3M12 12.5v8`,queued:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.2V12l3.2 2`,seeding:`M12 20V9M7 13.5l5-5 5 5M5 4.5h14`,stalled:`M7 4h10M7 20h10M8 4c0 4 8 6 8 8s-8 4-8 8M16 4c0 4-8 6-8 8s8 4 8 8`,unknown:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 10a2 2 0 1 1 2.9 1.8c-.6.4-.9.8-.9 1.5M12 16.2v.01`};function U(e){return Be`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${zn[e]}></path></svg>`}var W=bn(class extends xn{#e={};constructor(e){if(super(e),e.type!==yn.ELEMENT)throw Error(`vars() stands where attributes stand`)}render(e){return w}update(e,[t]){let{style:n}=e.element;for(let[e,r]of Object.entries(t))this.#e[e]!==r&&n.setProperty(e,`${r}`);return this.#e=t,w}}),Bn=new Set([`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`eta`,`ratio`,`seeds`,`peers`,`queue_position`]);function G(t){return t.stage===null||f(t)!==`processing`?e(`state.${f(t)}`):e(`stage.${t.stage}`)}function Vn(t){let n=t.progress!==null;return C`<span
    class="bar"
    role="progressbar"
    aria-label=${e(`grid.progress_of`,{name:t.name})}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${n?t.progress:T}
    aria-valuetext=${n?B(t.progress):e(`grid.progress_unknown`)}
    ><span class="fill" ${W({"--done":(t.progress??0)/100})}></span
  ></span>`}function Hn(e,t){return e.store.clients.get(t.client)?.name??t.client}function Un(e){let t=e.error??e.warning;return t===null?T:C`<span class="note" title=${t}>${t}</span>`}function Wn(t,n,r,i){switch(t){case`name`:return C`<span class="name" title=${n.name}>${n.name}</span>${Un(n)}`;case`state`:return C`<span class="state">${U(f(n))}<span class="word">${G(n)}</span></span>`;case`progress`:return C`${Vn(n)}<span class="percent">${B(n.progress)}</span>`;case`size`:case`downloaded`:case`uploaded`:return R(n[t]);case`download_rate`:case`upload_rate`:return i&&n[t]?z(n[t]):``;case`eta`:return i?H(n.eta):``;case`ratio`:return Fn(n.ratio);case`seeds`:case`peers`:case`queue_position`:return V(n[t]);case`client`:return Hn(r,n);case`category`:return n.category??``;case`tags`:return C`${n.tags.map(e=>C`<span class="tag">${e}</span>`)}`;case`added_at`:case`completed_at`:return C`<span title=${Rn(n[t])}>${Ln(n[t],r.store.now())}</span>`;case`protocol`:return e(`protocol.${n.protocol}`);case`path`:return C`<span title=${n.path??``}>${n.path??``}</span>`}}function Gn(e,t,n){let r=R(e.size),[i,a]=n?[e.download_rate,e.upload_rate]:[null,null],o=n&&e.eta!==null&&f(e)!==`seeding`?H(e.eta):``;return C`
    <span class="first">
      <span class="state">${U(f(e))}</span>
      <span class="name">${e.name}</span>
      <span class="percent">${B(e.progress)}</span>
    </span>
    ${Vn(e)}
    <span class="last">
      <span class="word">${G(e)}</span>
      <span class="about">${Hn(t,e)}${r&&` · ${r}`}</span>
      ${Un(e)} ${i?C`<span class="rate down">${z(i)}</span>`:T}
      ${a&&!i?C`<span class="rate up">${z(a)}</span>`:T}
      ${o&&i?C`<span class="left">${o}</span>`:T}
    </span>
  `}var Kn=h`
  ul {
    flex: 0 1 auto;
    min-height: 0;
    padding: 0 0 0.5rem;
    overflow-y: auto;
    scrollbar-width: thin;
  }

  li {
    --tone: var(--d2m-grey);
    position: relative;
    display: grid;
    grid-template:
      "sign name percent act" auto
      "sign about about act" auto
      "sign bar bar act" auto / 36px minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0 0.75rem;
    min-height: 3.5rem;
    padding: 0.5rem 0.5rem 0.5rem 1rem;
  }

  /* What is done has no bar. */
  li:not(:has(.bar)) {
    grid-template:
      "sign name percent act" 1fr
      "sign about about act" 1fr / 36px minmax(0, 1fr) auto auto;
  }

  li:not(:has(.bar)) .name {
    align-self: end;
  }

  li:not(:has(.bar)) .about {
    align-self: start;
  }

  li:hover {
    background: color-mix(in srgb, var(--d2m-ink) 4%, transparent);
  }

  [data-state="downloading"] {
    --tone: var(--d2m-blue);
  }

  [data-state="seeding"],
  [data-state="completed"] {
    --tone: var(--d2m-green);
  }

  [data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-state="failed"] {
    --tone: var(--d2m-red);
  }

  [data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  [data-state="checking"],
  [data-state="metadata"] {
    --tone: var(--d2m-teal);
  }

  .old {
    --tone: var(--d2m-grey);
  }

  .open {
    position: absolute;
    inset: 0;
    outline-offset: -2px;
  }

  .sign {
    grid-area: sign;
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--tone);
    background: color-mix(in srgb, var(--tone) 16%, transparent);
    pointer-events: none;
  }

  .sign svg {
    width: 20px;
    height: 20px;
  }

  .text {
    display: contents;
  }

  .name {
    grid-area: name;
    pointer-events: none;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
    unicode-bidi: plaintext;
  }

  .about {
    grid-area: about;
    pointer-events: none;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  .about:has(.trouble) {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    white-space: normal;
    overflow-wrap: anywhere;
  }

  .about > * + *::before {
    content: "·";
    margin-inline: 0.35em;
  }

  .about b {
    font-weight: 400;
  }

  .about .trouble {
    color: var(--d2m-red);
  }

  li:not([data-state="failed"]) .trouble {
    color: var(--d2m-amber);
  }

  .percent {
    grid-area: percent;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    line-height: 1.65;
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }

  .bar {
    grid-area: bar;
    display: block;
    height: 0.25rem;
    margin-top: 0.3rem;
    overflow: hidden;
    border-radius: 0.125rem;
    background: color-mix(in srgb, var(--tone) 20%, transparent);
    pointer-events: none;
  }

  .fill {
    display: block;
    width: calc(var(--done, 0) * 100%);
    height: 100%;
    border-radius: inherit;
    background: var(--tone);
    transition: width 0.45s ease-out;
  }

  .act {
    grid-area: act;
    position: relative;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    color: var(--d2m-muted);
  }

  .act:hover {
    background: color-mix(in srgb, var(--d2m-ink) 8%, transparent);
    color: var(--d2m-ink);
  }

  .more {
    flex: none;
    min-height: 2.5rem;
    margin: 0 0.5rem 0.5rem;
    padding: 0 0.75rem;
    border-radius: var(--d2m-radius);
    color: var(--d2m-accent);
    font-weight: 500;
  }

  .more:hover {
    background: color-mix(in srgb, var(--d2m-accent) 10%, transparent);
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .fill {
      background: CanvasText;
    }
  }
`;function qn(e,t){return!e.live||!e.broker?`unheard`:t.available?`good`:t.state===`starting`&&!Xn(e,t)?`starting`:`bad`}function Jn(t,n){let r=Yn(t,n);if(!t.live)return`${e(`client.as_last_known`)} · ${r}`;if(!t.broker)return`${e(`client.not_heard`)} · ${r}`;if(Xn(t,n))return`${e(`client.no_bridge`,{bridge:n.bridge})} · ${r}`;if(n.available)return`${e(`client.online`)} · ${r}`;if(n.state===`starting`)return e(`client.starting`);let i=e(`client.for`,{time:H(Math.max(0,(t.now()-Date.parse(n.since))/1e3))});return[n.state===`online`?e(`client.not_heard`):e(`client.${n.state}`),n.error,i,r].filter(Boolean).join(` · `)}function Yn(t,n){let r=t.answered(n);if(r===0)return e(`client.never`);let i=(t.now()-r)/1e3;return i<5?e(`client.just_now`):e(`client.ago`,{time:H(i)})}function Xn(e,t){return e.bridges.get(t.bridge)?.state!==`online`}function K(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var q=class extends k{#e;connectedCallback(){super.connectedCallback(),this.#t()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}willUpdate(e){e.has(`model`)&&this.#t()}tell(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}#t(){this.#e?.();let e=this.model;this.#e=this.isConnected?e?.watch(()=>this.requestUpdate()):void 0}};K([j({attribute:!1})],q.prototype,`model`,void 0);var Zn=h`
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
`;function Qn(t,n){if(t===null)return``;let r=Math.max(0,(n-Date.parse(t))/1e3);return r<5?e(`date.just_now`):e(`date.ago`,{time:H(r)})}var $n=/^[0-9a-f]{40}$/;function er(t,n){let r=n.clients.get(t.client);return[{id:`transfer`,title:e(`drawer.transfer`),facts:rr(t,n.available(t.client))},{id:`place`,title:e(`drawer.place`),facts:ir(t,r)},{id:`dates`,title:e(`drawer.dates`),facts:ar(t,n.now())},{id:`limits`,title:e(`drawer.limits`,{client:r?.name??t.client}),facts:or(r)},{id:`identity`,title:e(`drawer.identity`),facts:sr(t)}].map(e=>({...e,facts:e.facts.filter(e=>e.text!==``||e.tags?.length)})).filter(e=>e.facts.length>0)}function tr(e){return e.protocol===`torrent`&&$n.test(e.id)}function nr(e,t){return{name:e,text:R(t),title:t===null?``:`${V(t)} B`}}function rr(t,n){let r=t.protocol===`usenet`,i=n&&f(t)!==`seeding`?t.eta:null;return[nr(`column.size`,t.size),nr(`column.downloaded`,t.downloaded),{name:`column.download_rate`,text:n?z(t.download_rate):``},{name:`column.eta`,text:H(i),title:i===null?``:`${V(i)} ${e(`unit.s`)}`},...r?[]:[nr(`column.uploaded`,t.uploaded),{name:`column.upload_rate`,text:n?z(t.upload_rate):``},{name:`column.ratio`,text:Fn(t.ratio)},{name:`column.seeds`,text:V(t.seeds)},{name:`column.peers`,text:V(t.peers)}],{name:`column.queue_position`,text:V(t.queue_position)}]}function ir(t,n){let r=[n?.kind??t.kind,n?.version].filter(Boolean).join(` `);return[{name:`column.client`,text:n?.name??t.client},{name:`fact.kind`,text:`${r} · ${e(`protocol.${t.protocol}`)}`},{name:`column.category`,text:t.category??``},{name:`column.tags`,text:``,tags:t.tags},{name:`column.path`,text:t.path??``,copy:t.path??``,mono:!0}]}function ar(e,t){return[`added_at`,`completed_at`,`updated_at`].map(n=>({name:n===`updated_at`?`fact.updated_at`:`column.${n}`,text:e[n]===null?``:[Qn(e[n],t),Ln(e[n],t)].join(` · `),title:Rn(e[n])}))}function or(t){let n=t?.stats;if(!t?.available||!n)return[];let r=(t,n)=>({name:t,text:n===null?``:n===0?e(`fact.no_limit`):z(n)}),i=n.alternative_limits;return[r(`fact.download_limit`,n.download_limit),r(`fact.upload_limit`,n.upload_limit),{name:`fact.alternative_limits`,text:i===null?``:e(i?`fact.on`:`fact.off`)}]}function sr(e){let t=tr(e),n=`magnet:?xt=urn:btih:${e.id}`;return[{name:t?`fact.hash`:`fact.id`,text:e.id,copy:e.id,mono:!0},{name:`fact.native_id`,text:e.native_id===e.id?``:e.native_id,copy:e.native_id,mono:!0},{name:`fact.magnet`,text:t?n:``,copy:n,mono:!0},{name:`fact.native_state`,text:e.native_state,mono:!0}]}var cr=1e3,lr=5;async function ur(e,t,n){let r=t.clients.get(n.client)?.bridge;if(r===void 0)return[];let i=n.added_at===null?{}:{since:n.added_at},a=[],o=null;for(let t=0;t<lr;t+=1){let t={client:n.client,limit:cr,...i,...o===null?{}:{before:o}},s=await e.request(`bridge/${r}`,`history`,t);if(a.push(...s.finished.filter(e=>e.id===n.id)),o=s.next,o===null)break}return a}function dr(...e){return[...new Map(e.flat().map(e=>[`${e.event} ${e.at} ${e.to}`,e])).values()].sort((e,t)=>Date.parse(t.at)-Date.parse(e.at))}var fr=50,J=class extends q{constructor(...e){super(...e),this.past=[],this.trouble=``,this.#e=``}#e;static{this.styles=[F,Zn]}willUpdate(e){super.willUpdate(e);let{store:t}=this.model;this.#e!==this.row.key&&t.live&&(this.#e=this.row.key,this.past=[],this.trouble=``,this.#t(this.row))}async#t(e){try{let t=await ur(this.model.source,this.model.store,e);this.#e===e.key&&(this.past=t)}catch(t){this.#e===e.key&&(this.trouble=jt(t))}}render(){let{row:t,model:n}=this,r=dr(n.store.events.filter(e=>e.client===t.client&&e.id===t.id),this.past).slice(0,fr);return C`<section aria-labelledby="events">
      <h3 id="events">${e(`drawer.events`)}</h3>
      ${r.length===0?C`<p class="none">${e(`drawer.no_events`)}</p>`:C`<ol class="events">
              ${r.map(e=>this.#n(e))}
            </ol>`}
      ${this.trouble?C`<p class="none">${e(`drawer.no_history`,{reason:this.trouble})}</p>`:T}
    </section>`}#n(t){let n=t.to===null?``:e(`state.${t.to}`);return C`<li data-event=${t.event}>
      <span>${e(`event.${t.event}`,{state:n})}</span>
      <time datetime=${t.at} title=${Rn(t.at)}>${Ln(t.at,this.model.store.now())}</time>
    </li>`}};K([j({attribute:!1})],J.prototype,`row`,void 0),K([M()],J.prototype,`past`,void 0),K([M()],J.prototype,`trouble`,void 0),J=K([A(`d2m-event-list`)],J);var pr=5,Y=class extends q{constructor(...e){super(...e),this.rows=[],this.deleteData=!1,this.#e=()=>{let{commands:e}=this.model,t=this.deleteData&&e.mayDeleteData?{delete_data:!0}:{};e.run(`remove`,e.fitting(`remove`,this.rows),t),this.rows=[]}}static{this.styles=[F,h`
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
    `]}ask(e){e.length!==0&&(this.rows=e,this.deleteData=!1,this.updateComplete.then(()=>this.dialog.showModal()))}render(){let{rows:t}=this,n=t.reduce((e,t)=>e+(t.downloaded??t.size??0),0),r=t.length-pr;return C`<dialog aria-labelledby="title" @keydown=${e=>e.stopPropagation()}>
      <form method="dialog" @submit=${this.#e}>
        <h2 id="title">${e(`remove.title`,{count:t.length})}</h2>
        <ul>
          ${t.slice(0,pr).map(e=>C`<li title=${e.name}>${e.name}</li>`)}
          ${r>0?C`<li class="others">${e(`remove.others`,{count:r})}</li>`:T}
        </ul>
        ${this.model.commands.mayDeleteData?C`<label
                  ><input
                    type="checkbox"
                    name="data"
                    .checked=${this.deleteData}
                    @change=${e=>this.deleteData=e.target.checked}
                  />${e(`remove.data`)}</label
                >
                <p class=${this.deleteData?`warning`:``} aria-live="polite">
                  ${this.deleteData?e(`remove.data_goes`,{size:R(n)}):e(`remove.data_stays`)}
                </p>`:C`<p>${e(`remove.data_stays`)}</p>`}
        <footer>
          <button class="button outlined" type="button" @click=${()=>this.dialog.close()}>
            ${e(`remove.cancel`)}
          </button>
          <button class="button primary danger" type="submit">
            ${e(this.deleteData?`remove.confirm_data`:`remove.confirm`)}
          </button>
        </footer>
      </form>
    </dialog>`}#e};K([N(`dialog`)],Y.prototype,`dialog`,void 0),K([M()],Y.prototype,`rows`,void 0),K([M()],Y.prototype,`deleteData`,void 0),Y=K([A(`d2m-remove-dialog`)],Y);function mr(e,t){let n=e=>String(t.get(e)??``).trim(),r={};n(`category`)!==(e.category??``)&&(r.category=n(`category`));let i=hr(n(`tags`));i.join(`
`)!==e.tags.join(`
`)&&(r.tags=i);for(let e of[`priority`,`queue_position`])n(e)!==``&&(r[e]=Number(n(e)));for(let e of[`download_limit`,`upload_limit`])n(e)!==``&&(r[e]=Number(n(e))*1e3);return r}function hr(e){let t=e.split(`,`).map(e=>e.trim());return[...new Set(t.filter(e=>e!==``))]}function gr(e){let t=new Set;for(let{category:n}of e)n&&t.add(n);return[...t].sort((e,t)=>e.localeCompare(t))}var _r=h`
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
`,vr=[[`-1`,`priority.low`],[`0`,`priority.normal`],[`1`,`priority.high`],[`2`,`priority.first`]],X=class extends q{constructor(...t){super(...t),this.busy=!1,this.#e=null,this.#t=async t=>{if(t.preventDefault(),this.busy)return;let n=mr(this.#e??this.row,new FormData(this.form));if(Object.keys(n).length===0)return void this.tell(`d2m-close`);let{commands:r,toasts:i}=this.model;this.busy=!0;let a=await r.ask(this.row.client,`set`,{ids:[this.row.id],...n});this.busy=!1,a&&(i.show(`good`,e(`set.saved`)),this.tell(`d2m-close`))},this.#n=e=>{e.key===`Escape`&&(e.stopPropagation(),e.preventDefault(),this.tell(`d2m-close`))}}#e;static{this.styles=[F,_r,h`
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
    `]}willUpdate(e){super.willUpdate(e),this.#e?.key!==this.row.key&&(this.#e={...this.row})}firstUpdated(){this.form.querySelector(`input, select`)?.focus()}render(){let t=this.#e??this.row,n=gr(this.model.store.downloads.values()),r=t=>C`<label class="field"
        ><span>${e(`fact.${t}`)}</span
        ><span class="with-unit"
          ><input name=${t} type="number" min="0" step="1" inputmode="numeric" /><span aria-hidden="true"
            >${e(`unit.kilobytes_per_second`)}</span
          ></span
        ><span class="hint">${e(`set.limit_hint`)}</span></label
      >`;return C`<form aria-label=${e(`set.title`)} @submit=${this.#t} @keydown=${this.#n}>
      <div class="fields">
        <label class="field"
          ><span>${e(`column.category`)}</span
          ><input name="category" .value=${t.category??``} list="categories" autocomplete="off"
        /></label>
        <label class="field"
          ><span>${e(`column.tags`)}</span><input name="tags" .value=${t.tags.join(`, `)} autocomplete="off" /><span
            class="hint"
            >${e(`set.tags_hint`)}</span
          ></label
        >
        <label class="field"
          ><span>${e(`priority.label`)}</span
          ><select name="priority">
            <option value="">${e(`priority.keep`)}</option>
            ${vr.map(([t,n])=>C`<option value=${t}>${e(n)}</option>`)}
          </select></label
        >
        <label class="field"
          ><span>${e(`column.queue_position`)}</span
          ><input name="queue_position" type="number" min="1" step="1" inputmode="numeric" /><span class="hint"
            >${e(`set.queue_hint`)}</span
          ></label
        >
        ${r(`download_limit`)} ${t.protocol===`usenet`?``:r(`upload_limit`)}
      </div>
      <datalist id="categories">${n.map(e=>C`<option value=${e}></option>`)}</datalist>
      <div class="feet">
        <button class="button outlined" type="button" @click=${()=>this.tell(`d2m-close`)}>${e(`set.cancel`)}</button>
        <button class="button primary" type="submit" aria-disabled=${this.busy?`true`:`false`}>
          ${e(`set.save`)}
        </button>
      </div>
    </form>`}#t;#n};K([j({attribute:!1})],X.prototype,`row`,void 0),K([N(`form`)],X.prototype,`form`,void 0),K([M()],X.prototype,`busy`,void 0),X=K([A(`d2m-set-form`)],X);var yr=class extends q{static{this.styles=[F,h`
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
    `]}render(){let{toasts:t}=this.model;return C`<div role="status" aria-live="polite" class="unseen">
        ${t.shown.map(e=>e.text).join(` `)}
      </div>
      ${jn(t.shown,e=>e.id,n=>C`<div class="toast" data-tone=${n.tone}>
            <span>${n.text}</span>
            <button class="button icon-only" aria-label=${e(`toast.dismiss`)} @click=${()=>t.dismiss(n.id)}>
              ${U(`clear`)}
            </button>
          </div>`)}`}};yr=K([A(`d2m-toast-list`)],yr);var br=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],xr=75,Z=class extends q{constructor(...e){super(...e),this.over=!1,this.changing=null,this.#e=null,this.#t=null,this.#n=new ResizeObserver(([e])=>this.#_(e?.contentRect.width??0)),this.#f=()=>{this.changing=null,this.headline?.focus()},this.#p=()=>this.model.open(null),this.#m=e=>{e.preventDefault(),this.#p()},this.#h=e=>{let[t]=e.composedPath(),n=t instanceof Element&&t.getAttribute(`role`)===`grid`;e.key===`Enter`&&n&&this.#t===this.model.selection.active&&this.#t!==null&&(this.headline?.focus(),e.stopPropagation(),e.preventDefault())}}#e;#t;#n;static{this.styles=[F,Zn]}connectedCallback(){super.connectedCallback(),this.parentElement!==null&&this.#n.observe(this.parentElement),this.parentElement?.addEventListener(`keydown`,this.#h,{capture:!0})}disconnectedCallback(){super.disconnectedCallback(),this.#n.disconnect(),this.parentElement?.removeEventListener(`keydown`,this.#h,{capture:!0})}willUpdate(e){super.willUpdate(e),this.model.store.link.phase===`login`&&(this.model.opened=null);let{opened:t}=this.model;t!==this.#t&&(this.#t===null?this.#e=Sr():t===null&&this.#g()&&queueMicrotask(()=>this.#e?.focus()),this.#t=t,this.changing=null)}updated(){this.dialog!==null&&!this.dialog.open&&this.dialog.showModal()}render(){let{opened:t,store:n}=this.model;if(t===null)return T;let r=n.downloads.get(t),i=r===void 0?e(`drawer.label`):e(`drawer.of`,{name:r.name}),a=r===void 0?this.#r():this.#i(r);return C`${this.over?C`<dialog
              aria-label=${i}
              @cancel=${this.#m}
              @keydown=${e=>e.stopPropagation()}
              @click=${e=>e.target===this.dialog&&this.#p()}
            >
              ${a}<d2m-toast-list .model=${this.model}></d2m-toast-list>
            </dialog>`:C`<aside aria-label=${i}>${a}</aside>`}<d2m-remove-dialog .model=${this.model}></d2m-remove-dialog>`}#r(){return C`<div class="head">
        <h2 tabindex="-1">${e(`drawer.gone`)}</h2>
        ${this.#a()}
      </div>
      <p class="gone">${e(`drawer.gone_text`)}</p>`}#i(t){let{store:n}=this.model,r=n.available(t.client),i=t.size===null?``:e(`drawer.of_size`,{done:R(t.downloaded??0),size:R(t.size)});return C`<div class="head ${r?``:`old`}" data-state=${f(t)}>
        <h2 tabindex="-1" title=${t.name}>${t.name}</h2>
        ${this.#a()}
        <div class="now">
          ${U(f(t))}<span class="state">${G(t)}</span
          ><span class="percent">${B(t.progress)}</span><span class="of">${i}</span>
        </div>
        ${Vn(t)}
      </div>
      <div class="rest" tabindex="-1">
        ${this.#o(t)} ${this.#s(t)}
        ${this.changing===t.key?C`<d2m-set-form .model=${this.model} .row=${t} @d2m-close=${this.#f}></d2m-set-form>`:T}
        ${er(t,n).map(e=>this.#c(e))}
        <d2m-event-list .model=${this.model} .row=${t}></d2m-event-list>
      </div>`}#a(){return C`<button class="button icon-only close" aria-label=${e(`sheet.close`)} @click=${this.#p}>
      ${U(`clear`)}
    </button>`}#o(t){let{commands:n}=this.model,r=br.filter(e=>n.fitting(e,[t]).length>0),i=n.takes(t.client,`set`);return r.length===0&&!i?T:C`<div class="actions" role="group" aria-label=${e(`drawer.actions`)}>
      ${r.map(n=>C`<button
            class="button ${n===`remove`?`danger`:``}"
            data-act=${n}
            @click=${()=>this.#u(n,t)}
          >
            ${U(n===`reannounce`?`refresh`:n)}${e(`verb.${n}`)}
          </button>`)}
      ${i?C`<button
              class="button"
              data-act="set"
              aria-expanded=${this.changing===t.key?`true`:`false`}
              @click=${()=>this.changing=this.changing===t.key?null:t.key}
            >
              ${U(`edit`)}${e(`drawer.change`)}
            </button>`:T}
    </div>`}#s(t){return[`error`,`warning`].filter(e=>t[e]!==null).map(n=>C`<div class="said ${n}">
            <b>${U(`attention`)}${e(`drawer.${n}`)}</b>
            <p>${t[n]}</p>
          </div>`)}#c(e){return C`<section aria-labelledby=${e.id} data-group=${e.id}>
      <h3 id=${e.id}>${e.title}</h3>
      <dl>${e.facts.map(e=>this.#l(e))}</dl>
    </section>`}#l(t){return C`<div class="fact" data-fact=${t.name}>
      <dt>${e(t.name)}</dt>
      <dd class=${t.mono?`mono`:``} title=${t.title||T}>
        <span>${t.tags?t.tags.map(e=>C`<span class="tag">${e}</span>`):t.text}</span>
        ${t.copy?C`<button
                class="button icon-only copy"
                title=${e(`drawer.copy`,{fact:e(t.name)})}
                aria-label=${e(`drawer.copy`,{fact:e(t.name)})}
                @click=${()=>this.#d(t)}
              >
                ${U(`copy`)}
              </button>`:T}
      </dd>
    </div>`}#u(e,t){e===`remove`?this.removing?.ask([t]):this.model.commands.run(e,[t])}async#d(t){let{toasts:n}=this.model;try{await navigator.clipboard.writeText(t.copy??``),n.show(`good`,e(`drawer.copied`,{fact:e(t.name)}))}catch{n.show(`bad`,e(`drawer.not_copied`))}}#f;#p;#m;#h;#g(){return this.renderRoot.activeElement!==null}#_(e){let t=parseFloat(getComputedStyle(document.documentElement).fontSize)||16;this.over=e<xr*t}};K([M()],Z.prototype,`over`,void 0),K([M()],Z.prototype,`changing`,void 0),K([N(`dialog`)],Z.prototype,`dialog`,void 0),K([N(`h2`)],Z.prototype,`headline`,void 0),K([N(`d2m-remove-dialog`)],Z.prototype,`removing`,void 0),Z=K([A(`d2m-drawer`)],Z);function Sr(){let e=document.activeElement;for(;e?.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return e instanceof HTMLElement?e:null}var Cr=3,wr=class extends q{constructor(...e){super(...e),this.problem=()=>null}render(){let{model:e}=this,{store:t,listing:n}=e;return C`
      ${this.#e()} ${this.#n()}
      <div class="content ${t.stale?`stale`:``}">
        ${n.rows.length>0||t.ready&&Ft(e.filter)?this.list():this.#i()}
      </div>
      ${this.settings.health&&t.ready?this.#o():T}
      <div class="over"><d2m-drawer .model=${e}></d2m-drawer></div>
      <d2m-remove-dialog .model=${e}></d2m-remove-dialog>
      <d2m-toast-list .model=${e}></d2m-toast-list>
    `}head(){return T}#e(){let{settings:t,model:n}=this,r=t.title??e(`card.title`);return r===``&&!t.rates?this.head():C`<header>
        ${r===``?T:C`<h2 title=${r}>${r}</h2>`}
        ${t.rates&&n.store.ready?this.#t():T}
      </header>
      ${this.head()}`}#t(){let{down:t,up:n}=Jt(this.model.store.clients.values()),r=(t,n)=>C`<span class=${`${t} ${n>0?`moving`:``}`} title=${e(`rates.${t}`)}
        >${U(t)}<span class="unseen">${e(`rates.${t}`)}</span><span id=${t}>${z(n)}</span></span
      >`;return C`<div class="rates ${this.model.store.stale?`stale`:``}" role="group" aria-label=${e(`rates.label`)}>
      ${r(`down`,t)} ${r(`up`,n)}
    </div>`}#n(){let{store:t}=this.model;if(!t.ready)return T;let n=e=>C`<p class="banner" role="status">${U(`attention`)}<span>${e}</span></p>`,r=e(`banner.from`,{time:In(t.lastTold)});if(!t.live)return n(`${this.#r().title} ${r}`);if(!t.broker)return n(`${e(`card.no_broker`)} ${r}`);let i=[...t.bridges.values()].filter(e=>e.state!==`online`);if(i.length>0){let t=i.map(e=>e.bridge).join(`, `);return n(e(`banner.no_bridge`,{count:i.length,names:t}))}if(!this.settings.health)return T;let a=[...t.clients.values()].filter(e=>qn(t,e)===`bad`),[o]=a;return o===void 0?T:a.length>1?n(e(`banner.clients`,{count:a.length,names:a.map(e=>e.name).join(`, `)})):n(`${o.name}: ${Jn(t,o)}`)}#r(){let t=this.problem();if(t===null)return{title:e(`card.lost`),text:e(`card.lost_text`)};let n=t===`not_loaded`&&this.settings.entry!==void 0?`no_entry`:t;return{title:e(`card.${n}`),text:e(`card.${n}_text`)}}#i(){let{store:t}=this.model,n=(e,t,n)=>C`<div class="empty" id="empty">${U(e)}<b>${t}</b><span>${n}</span></div>`;if(!t.ready){if(t.link.phase!==`waiting`)return this.#a();let{title:e,text:r}=this.#r();return n(`attention`,e,r)}return t.broker?t.bridges.size===0?n(`attention`,e(`card.no_bridge`),e(`card.no_bridge_text`)):t.clients.size===0?this.settings.clients===void 0?n(`attention`,e(`card.no_client`),e(`card.no_client_text`)):n(`attention`,e(`card.none_of_clients`),e(`card.none_of_clients_text`)):n(`check`,e(`empty.quiet`),e(`card.quiet_text`)):n(`attention`,e(`card.no_broker`),e(`card.no_broker_text`))}#a(){let t=Array.from({length:Math.min(Cr,this.settings.rows)});return C`<div class="loading" aria-busy="true">
      <span class="unseen">${e(`card.loading`)}</span>
      ${t.map(()=>C`<div class="ghost"><i></i><b></b><s></s></div>`)}
    </div>`}#o(){let{store:t}=this.model,n=[...t.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return n.length===0?T:C`<footer role="group" aria-label=${e(`facet.client`)}>
      ${n.map(e=>C`<button
            data-client=${e.client}
            data-health=${qn(t,e)}
            title=${Jn(t,e)}
            @click=${()=>this.tell(`d2m-more-info`,e.client)}
          >
            <span class="dot"></span>${e.name}<span class="unseen">: ${Jn(t,e)}</span>
          </button>`)}
    </footer>`}};K([j({attribute:!1})],wr.prototype,`settings`,void 0),K([j({attribute:!1})],wr.prototype,`problem`,void 0),K([N(`d2m-remove-dialog`)],wr.prototype,`removing`,void 0);var Tr=h`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-height: 0;
    position: relative;
    container-type: inline-size;
  }

  header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 1rem;
    min-height: 3.25rem;
    padding: 0.75rem 1rem 0.5rem;
  }

  h2 {
    min-width: 0;
    font-size: var(--ha-card-header-font-size, 1.25rem);
    line-height: 1.3;
    color: var(--ha-card-header-color, var(--d2m-ink));
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }

  .rates {
    display: flex;
    flex: none;
    gap: 0.75rem;
    margin-inline-start: auto;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-m, 14px);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .rates > span {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
  }

  .rates svg {
    width: 1rem;
    height: 1rem;
    stroke-width: 2.2;
  }

  .rates .moving {
    color: var(--d2m-ink);
  }

  .down.moving svg {
    color: var(--d2m-blue);
  }

  .up.moving svg {
    color: var(--d2m-green);
  }

  .banner {
    display: flex;
    flex: none;
    align-items: flex-start;
    gap: 0.6rem;
    margin: 0 0.75rem 0.5rem;
    padding: 0.5rem 0.75rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--d2m-amber) 14%, transparent);
    font-size: var(--ha-font-size-m, 14px);
    overflow-wrap: anywhere;
  }

  .banner svg {
    margin-top: 0.05rem;
    color: var(--d2m-amber);
  }

  .banner span {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .content {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-height: 0;
    transition:
      opacity 0.3s,
      filter 0.3s;
  }

  .stale {
    filter: grayscale(1);
    opacity: 0.7;
  }

  /* Without width, so that details always lie over the page. */
  .over {
    flex: none;
    width: 0;
    height: 0;
  }

  .empty {
    display: grid;
    flex: 1;
    align-content: center;
    justify-items: center;
    gap: 0.15rem;
    padding: 1.25rem 1.5rem 1.75rem;
    text-align: center;
    color: var(--d2m-muted);
  }

  .empty b {
    color: var(--d2m-ink);
    font-size: 1rem;
    font-weight: 500;
  }

  .empty span {
    max-width: 30rem;
    text-wrap: balance;
  }

  .empty svg {
    width: 1.5rem;
    height: 1.5rem;
    box-sizing: content-box;
    margin-bottom: 0.35rem;
    padding: 0.5rem;
    border-radius: 50%;
    color: var(--d2m-green);
    background: color-mix(in srgb, var(--d2m-green) 16%, transparent);
  }

  .empty svg:has(path[d^="M12 4 2.8"]) {
    color: var(--d2m-amber);
    background: color-mix(in srgb, var(--d2m-amber) 16%, transparent);
  }

  .loading {
    padding: 0.25rem 1rem 1rem;
    opacity: 0;
    animation: seen 0.4s 0.5s forwards;
  }

  @keyframes seen {
    to {
      opacity: 1;
    }
  }

  .ghost {
    display: grid;
    grid-template: "sign name" 1.1rem "sign more" 0.8rem / 2.5rem 1fr;
    gap: 0.35rem 0.75rem;
    padding: 0.5rem 0;
  }

  .ghost > * {
    border-radius: 0.4rem;
    background: var(--d2m-sunken);
  }

  .ghost i {
    grid-area: sign;
    aspect-ratio: 1;
    border-radius: 50%;
  }

  .ghost b {
    width: 70%;
  }

  .ghost s {
    width: 45%;
  }

  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0.1rem 0.15rem;
    padding: 0.35rem 0.5rem 0.5rem;
    border-top: 1px solid var(--d2m-line);
  }

  footer button {
    display: inline-flex;
    align-items: center;
    gap: 0.45rem;
    max-width: 100%;
    min-height: 1.75rem;
    padding: 0 0.6rem;
    border-radius: 1rem;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    overflow: hidden;
    white-space: nowrap;
  }

  footer button:hover {
    background: var(--d2m-sunken);
    color: var(--d2m-ink);
  }

  .dot {
    flex: none;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--d2m-grey);
  }

  [data-health="good"] .dot {
    background: var(--d2m-green);
  }

  [data-health="bad"] {
    color: var(--d2m-red);
  }

  [data-health="bad"] .dot {
    background: var(--d2m-red);
  }

  @media (pointer: coarse) {
    footer button {
      min-height: 2.5rem;
    }
  }
`,Er=200,Dr=class extends wr{constructor(...e){super(...e),this.unfolded=!1}static{this.styles=[F,Tr,Kn]}list(){let{rows:t}=this.model.listing,n=this.unfolded?Er:this.settings.rows,r=t.length-this.settings.rows;return C`<ul aria-label=${e(`list.label`)}>
        ${jn(t.slice(0,n),e=>e.key,e=>this.#e(e))}
      </ul>
      ${r>0?C`<button class="more" @click=${()=>this.unfolded=!this.unfolded}>
              ${this.unfolded?e(`card.fewer`):e(`card.more`,{count:r})}
            </button>`:T}`}#e(t){let{model:n}=this,r=n.store.available(t.client),i=f(t);return C`<li data-key=${t.key} data-state=${i} class=${r?``:`old`}>
      <button
        class="open"
        aria-label=${e(`drawer.of`,{name:t.name})}
        @click=${()=>n.open(t.key)}
      ></button>
      <span class="sign">${U(i)}</span>
      <span class="text">
        <span class="name" title=${t.name}>${t.name}</span>
        <span class="about">${this.#t(t,r)}</span>
      </span>
      <span class="percent">${i===`seeding`||i===`completed`?T:B(t.progress)}</span>
      ${this.#n(t)} ${i===`seeding`||i===`completed`?T:Vn(t)}
    </li>`}#t(e,t){let n=e.error??e.warning;if(n!==null)return C`<b>${G(e)}</b><span class="trouble" title=${n}>${n}</span>`;let r=f(e),i=t&&r!==`paused`,a=[i&&e.download_rate?`↓ ${z(e.download_rate)}`:``,i&&e.upload_rate&&r===`seeding`?`↑ ${z(e.upload_rate)}`:``,i&&e.eta!==null&&r===`downloading`?H(e.eta):``,r===`downloading`&&e.download_rate?``:R(e.size),this.model.store.clients.size>1?Hn(this.model,e):``].filter(Boolean);return C`<b>${G(e)}</b>${a.map(e=>C`<span>${e}</span>`)}`}#n(t){let{commands:n}=this.model,r=[`pause`,`resume`].find(e=>n.fitting(e,[t]).length>0&&(e!==`resume`||f(t)!==`completed`));return r===void 0?T:C`<button
      class="act"
      data-act=${r}
      title=${e(`verb.${r}`)}
      aria-label=${`${e(`verb.${r}`)}: ${t.name}`}
      @click=${()=>void n.run(r,[t])}
    >
      ${U(r)}
    </button>`}};K([M()],Dr.prototype,`unfolded`,void 0),Dr=K([A(`d2m-card-compact`)],Dr);var Or=h`
  .tools {
    display: grid;
    flex: none;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.35rem;
    padding-bottom: 0.15rem;
  }

  .search {
    position: relative;
    display: block;
    margin-inline: 0.75rem;
    color: var(--d2m-muted);
  }

  .search svg {
    position: absolute;
    inset-inline-start: 0.75rem;
    top: 50%;
    translate: 0 -50%;
    width: 1.1rem;
    height: 1.1rem;
    pointer-events: none;
  }

  input {
    width: 100%;
    height: 2.5rem;
    padding: 0 0.75rem;
    padding-inline-start: 2.4rem;
    border: 0;
    border-radius: var(--d2m-radius);
    background: var(--d2m-sunken);
    color: var(--d2m-ink);
    font-size: 1rem;
  }

  input::placeholder {
    color: var(--d2m-muted);
    opacity: 1;
  }

  @container (min-width: 704px) {
    .tools {
      grid-template-columns: minmax(0, 1fr) minmax(12rem, 20rem);
      align-items: center;
    }

    .search {
      order: 1;
      margin-inline-start: 0;
    }

    input {
      height: 2.25rem;
      font-size: var(--ha-font-size-m, 14px);
    }
  }

  d2m-tool-bar {
    flex: none;
  }

  d2m-download-grid {
    flex: 1 1 calc(34px + var(--rows-shown) * var(--d2m-row));
    min-height: 6rem;
    --d2m-surface: var(--ha-card-background, var(--card-background-color, #fff));
  }

  d2m-download-grid.phone {
    flex-basis: calc(var(--rows-shown) * var(--d2m-row-phone));
  }

  .empty .button {
    margin-top: 0.75rem;
  }

  .filters {
    width: min(20rem, 88vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    border: 0;
    border-radius: 0;
    background: var(--d2m-paper);
  }

  .filters[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
  }

  .filters .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.6rem 0.6rem 0.2rem;
    padding-inline-start: 1.2rem;
    font-weight: 650;
  }

  .filters d2m-side-bar {
    min-height: 0;
  }
`,kr=h`
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
`,Ar=h`
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
`,jr=class extends k{constructor(...e){super(...e),this.items=[],this.place={x:0,y:0},this.#n=e=>{e.stopPropagation();let t=[...this.renderRoot.querySelectorAll(`button`)],n=t.indexOf(this.renderRoot.activeElement),r={ArrowDown:1,ArrowUp:-1}[e.key];r!==void 0&&(e.preventDefault(),t[(n+r+t.length)%t.length]?.focus())}}static{this.styles=[F,h`
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
    `]}get#e(){return this.renderRoot.querySelector(`[popover]`)}render(){return C`<div
      popover="auto"
      role="menu"
      ${W({"--x":`${this.place.x}px`,"--y":`${this.place.y}px`})}
      @keydown=${this.#n}
      @toggle=${e=>e.newState===`closed`&&this.remove()}
    >
      ${this.items.map(e=>C`<button class="button ${e.danger?`danger`:``}" role="menuitem" @click=${()=>this.#t(e)}>
            ${e.sign?U(e.sign):``}${e.label}
          </button>`)}
    </div>`}firstUpdated(){this.#e?.showPopover(),this.renderRoot.querySelector(`button`)?.focus()}#t(e){this.#e?.hidePopover(),e.press()}#n};K([j({attribute:!1})],jr.prototype,`items`,void 0),K([j({attribute:!1})],jr.prototype,`place`,void 0),jr=K([A(`d2m-menu`)],jr);function Mr(e,t){let{left:n,bottom:r}=e.getBoundingClientRect();Nr(e.getRootNode(),{x:n,y:r+4},t)}function Nr(e,t,n){let r=new jr;r.items=n,r.place=t,(e instanceof Document?e.body:e).append(r)}var Pr=class{constructor(t){this.host=t,this.onClick=e=>{let t=Ir(e);if(t===null)return;let{selection:n,listing:r}=this.host.model,i=e.pointerType===`touch`||this.host.phone;e.shiftKey?n.extend(r.rows,t):e.ctrlKey||e.metaKey||Lr(e)||i&&(this.host.selecting||n.size>0)?n.toggle(t):i?(n.move(t),this.host.model.open(t)):(n.only(t),this.host.model.opened!==null&&this.host.model.open(t)),this.host.model.touch()},this.onDouble=e=>{let t=Ir(e);t!==null&&!Lr(e)&&this.host.model.open(t)},this.onMenu=t=>{let n=Ir(t),{commands:r,selection:i}=this.host.model;if(n===null||!r.allowed)return;i.has(n)||i.only(n),this.host.model.touch(),t.preventDefault();let a=[...i.keys].flatMap(e=>this.host.model.store.downloads.get(e)??[]),o=Dt.filter(e=>r.fitting(e,a).length>0).map(t=>({label:e(`verb.${t}`),sign:t===`reannounce`?`refresh`:t,danger:t===`remove`,press:()=>this.host.tell(`d2m-verb`,t)}));o.length>0&&Nr(this.host.renderRoot,{x:t.clientX,y:t.clientY},o)},this.onKey=e=>{if(e.altKey||Rr(e))return;let{rows:t}=this.host.model.listing,{selection:n}=this.host.model,r=t.findIndex(e=>e.key===n.active),i=Math.max(1,this.host.rowsInView-2),a={ArrowDown:1,ArrowUp:-1,PageDown:i,PageUp:-i}[e.key]??(e.key===`Home`?-1/0:e.key===`End`?1/0:null);if(a!==null)this.#e(Math.min(t.length-1,Math.max(0,(r<0&&a>0&&a!==1/0?-1:r)+a)),e);else if(e.key===` `&&n.active!==null)n.toggle(n.active);else if(e.key.toLowerCase()===`a`&&(e.ctrlKey||e.metaKey))n.all(t);else if(e.key===`Enter`&&n.active!==null)this.host.model.open(n.active);else return;e.preventDefault(),this.host.model.touch()}}#e(e,t){let n=this.host.model.listing.rows[e];n!==void 0&&(t.shiftKey?this.host.model.selection.extend(this.host.model.listing.rows,n.key):t.ctrlKey||t.metaKey?this.host.model.selection.move(n.key):this.host.model.selection.only(n.key),this.host.model.opened!==null&&this.host.model.open(n.key),this.host.reveal(e))}};function Fr(e){return e.target.closest(`[data-key]`)}function Ir(e){return Fr(e)?.dataset.key??null}function Lr(e){return e.target.closest(`[data-check]`)!==null}function Rr(e){return e.target.closest(`.heads`)!==null}var zr=2.25,Br=4,Vr=6,Q=class extends q{constructor(...e){super(...e),this.phone=!1,this.selecting=!1,this.#e=38,this.#t=new Pr(this),this.#n=0,this.#r=60,this.#i=new ResizeObserver(()=>this.#d()),this.#f=()=>{let{scrollTop:e,clientHeight:t}=this.scroller,n=Math.max(0,Math.floor(e/this.#e)-Vr),r=Math.ceil((e+t)/this.#e)+Vr;(n!==this.#n||r!==this.#r)&&([this.#n,this.#r]=[n,r],this.requestUpdate())}}#e;#t;#n;#r;#i;static{this.styles=[F,Ar,kr,h`
      :host {
        display: block;
        position: relative;
        min-height: 0;
        overflow: hidden;
      }
    `]}focus(){this.scroller.focus()}firstUpdated(){this.#i.observe(this.scroller),this.#i.observe(this.probe)}disconnectedCallback(){super.disconnectedCallback(),this.#i.disconnect()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.firstUpdated()}updated(e){e.has(`phone`)&&this.#d()}render(){let{listing:t,selection:n}=this.model,r=t.rows,i=Math.min(this.#n,Math.max(0,r.length-1)),a=r.slice(i,this.#r),o=a.findIndex(e=>e.key===n.active);return C`
      <div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${e(`grid.label`)}
        aria-multiselectable="true"
        aria-rowcount=${r.length+1}
        aria-colcount=${this.phone?1:this.#a.length}
        aria-activedescendant=${o<0?T:`row-${i+o}`}
        ${W({"--columns":this.#o(),"--least":this.#s(),"--rows":r.length,"--first":i})}
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
          ${jn(a,e=>e.key,(e,t)=>this.#u(e,i+t))}
        </div>
      </div>
      <div class="probe" aria-hidden="true"></div>
    `}get#a(){return this.model.columns.shown}#o(){let{columns:e}=this.model,t=this.#a.map(t=>{let n=e.width(t),r=t===`name`?n*Br:e.isResized(t)?0:n;return`minmax(${Hr(n)}, ${r}fr)`});return[Hr(zr),...t].join(` `)}#s(){return this.phone?`0`:Hr(this.model.columns.total+zr+.75)}#c(){return C`<div class="row head" role="row" aria-rowindex="1">
      <span class="check"></span>
      ${this.phone?C`<span role="columnheader" class="unseen">${e(`column.name`)}</span>`:this.#a.map((e,t)=>this.#l(e,t))}
    </div>`}#l(t,n){let{sort:r}=this.model.listing,i=r.by===t,a=i?r.direction>0?`ascending`:`descending`:`none`;return C`<span
      class="cell ${Bn.has(t)?`figure`:``}"
      role="columnheader"
      aria-colindex=${n+1}
      aria-sort=${a}
    >
      <button class="sort" title=${e(`grid.sort_hint`)} @click=${()=>this.model.sortBy(t)}>
        <span class="label">${e(`column.${t}`)}</span>${i?U(r.direction>0?`up`:`down`):T}
      </button>
      ${t===`name`?T:C`<span
              class="grip"
              aria-hidden="true"
              @pointerdown=${e=>this.#p(e,t)}
              @dblclick=${()=>this.#m(t,null)}
            ></span>`}
    </span>`}#u(t,n){let{selection:r,store:i}=this.model,a=i.available(t.client);return C`<div
      class=${[`row`,a?``:`old`,r.active===t.key?`active`:``,t.error===null?``:`bad`,t.error===null&&t.warning!==null?`warned`:``].join(` `)}
      role="row"
      id=${`row-${n}`}
      data-key=${t.key}
      data-state=${f(t)}
      aria-rowindex=${n+2}
      aria-selected=${r.has(t.key)?`true`:`false`}
      aria-description=${a?T:e(`grid.as_last_known`)}
    >
      <span class="check" data-check>${U(`check`)}</span>
      ${this.phone?C`<span class="card" role="gridcell">${Gn(t,this.model,a)}</span>`:this.#a.map((e,n)=>C`<span
                  class="cell ${Bn.has(e)?`figure`:``}"
                  data-column=${e}
                  role="gridcell"
                  aria-colindex=${n+1}
                  >${Wn(e,t,this.model,a)}</span
                >`)}
    </div>`}get rowsInView(){return Math.floor(this.scroller.clientHeight/this.#e)}#d(){let{height:e}=this.probe.getBoundingClientRect();e>0&&(this.#e=e),this.#f(),this.requestUpdate()}#f;reveal(e){let{scroller:t}=this,n=t.clientHeight-(t.querySelector(`.heads`)?.offsetHeight??0),r=e*this.#e;r<t.scrollTop?t.scrollTop=r:r+this.#e>t.scrollTop+n&&(t.scrollTop=r+this.#e-n)}#p(e,t){e.preventDefault();let n=e.currentTarget,r=this.probe.getBoundingClientRect().width||16,[i,a]=[e.clientX,this.model.columns.width(t)],o=e=>this.#m(t,a+(e.clientX-i)/r);n.setPointerCapture(e.pointerId),n.addEventListener(`pointermove`,o),n.addEventListener(`lostpointercapture`,()=>n.removeEventListener(`pointermove`,o),{once:!0})}#m(e,t){this.model.columns.resize(e,t),this.model.touch()}};K([j({type:Boolean,reflect:!0})],Q.prototype,`phone`,void 0),K([j({type:Boolean,reflect:!0})],Q.prototype,`selecting`,void 0),K([N(`.scroller`)],Q.prototype,`scroller`,void 0),K([N(`.probe`)],Q.prototype,`probe`,void 0),Q=K([A(`d2m-download-grid`)],Q);function Hr(e){return`calc(${e} * var(--d2m-unit))`}var Ur=class extends q{static{this.styles=[F,h`
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
    `]}render(){let{listing:t,filter:n,store:i}=this.model,a=[...t.counts.state.values()].reduce((e,t)=>e+t,0),o=[...i.clients.values()].some(e=>qn(i,e)===`bad`),s=P.some(e=>e!==`state`&&n[e].size>0);return C`
      <div class="chips" role="group" aria-label=${e(`facet.state`)}>
        ${this.#e(`all`,a,n.state.size===0,()=>this.model.narrow({state:new Set}))}
        ${r.map(e=>{let r=l(e),i=r.reduce((e,n)=>e+(t.counts.state.get(n)??0),0),a=n.state.size===r.length&&r.every(e=>n.state.has(e));return this.#e(e,i,a,()=>this.model.choose(`state`,r,!1))})}
      </div>
      <button
        class="button icon-only filters"
        data-mark=${o?`bad`:s?`on`:T}
        aria-label=${e(`filter.label`)}
        @click=${()=>this.tell(`d2m-filters`)}
      >
        ${U(`filter`)}
      </button>
    `}#e(t,n,r,i){return C`<button
      class=${n===0?`none`:``}
      data-group=${t}
      aria-pressed=${r?`true`:`false`}
      @click=${i}
    >
      ${e(`group.${t}`)} <span>${V(n)}</span>
    </button>`}};Ur=K([A(`d2m-group-chips`)],Ur);var Wr=h`
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
`,Gr=class extends q{static{this.styles=[F,Wr,h`
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
    `]}render(){let t=[...this.model.store.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return t.length===0?T:C`<section aria-labelledby="clients">
      <h2 id="clients">${e(`facet.client`)}</h2>
      <ul>
        ${jn(t,e=>e.client,e=>this.#e(e))}
      </ul>
    </section>`}#e(e){let{model:t}=this,n=qn(t.store,e),r=t.listing.counts.client.get(e.client)??0;return C`<li>
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
        <span class="count">${V(r)}</span>
        <span class="facts">${this.#t(e,n)}</span>
      </button>
      ${this.#n(e)}
    </li>`}#t(t,n){let{store:r}=this.model;if(n!==`good`)return C`<span class="trouble">${Jn(r,t)}</span>`;let i=t.stats,a=i?.free_space??null;return C`<span class="rates"
        ><span>↓ ${z(i?.download_rate??0)}</span><span>↑ ${z(i?.upload_rate??0)}</span></span
      >
      <span>${Yn(r,t)}${a===null?``:` · ${e(`client.free`,{size:R(a)})}`}</span>`}#n(t){let{commands:n}=this.model,r=[...[`pause`,`resume`].filter(e=>n.takes(t.client,e)).map(r=>({label:e(`menu.${r}_all`,{client:t.name}),sign:r,press:()=>void n.runAll(r,[t.client])})),...n.takes(t.client,`poll`)?[{label:e(`menu.poll`),sign:`refresh`,press:()=>void n.ask(t.client,`poll`)}]:[]];return r.length===0?T:C`<button
      class="button icon-only menu"
      aria-label=${e(`menu.of`,{client:t.name})}
      aria-haspopup="menu"
      @click=${e=>Mr(e.currentTarget,r)}
    >
      ${U(`more`)}
    </button>`}};Gr=K([A(`d2m-client-panel`)],Gr);var Kr=8,qr=class extends q{#e=new Set;static{this.styles=[F,Wr,h`
      :host {
        display: block;
        overflow-y: auto;
        padding: 0.75rem 0.6rem 1.5rem;
        scrollbar-width: thin;
        scrollbar-color: color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;
      }
    `]}render(){return C`
      <section aria-labelledby="states">
        <h2 id="states">${e(`facet.state`)}</h2>
        <ul>
          ${this.#t()} ${r.map(e=>this.#n(e))}
        </ul>
      </section>
      <d2m-client-panel .model=${this.model}></d2m-client-panel>
      ${this.#r(`category`)} ${this.#r(`tag`)}
    `}#t(){let{filter:t,listing:n}=this.model,r=Yr(n.counts.state.values());return this.#i({label:e(`group.all`),count:r,on:t.state.size===0,sign:`layers`,tone:``,press:()=>this.model.narrow({state:new Set})})}#n(t){let{filter:n,listing:r}=this.model,a=l(t),o=r.counts.state,s=Yr(a.map(e=>o.get(e)??0)),c=a.length===1,u=n.state.size===a.length&&a.every(e=>n.state.has(e)),d=c?[]:i.filter(e=>a.includes(e)).filter(e=>(o.get(e)??0)>0||n.state.has(e)&&!u),f={active:`downloading`,waiting:`queued`,done:`completed`,failed:`failed`}[t];return C`${this.#i({label:e(`group.${t}`),count:s,on:u,sign:f,tone:s>0?t:``,press:e=>this.model.choose(`state`,a,e)})}
    ${d.map(t=>this.#i({label:e(`state.${t}`),count:o.get(t)??0,on:n.state.has(t)&&!u,inner:!0,press:e=>this.model.choose(`state`,[t],e&&!u)}))}`}#r(t){let{filter:n,listing:r}=this.model,i=r.counts[t],a=[...new Set([...i.keys(),...n[t]])].filter(e=>e!==``).sort(Jr);if(a.length===0)return T;(i.has(``)||n[t].has(``))&&a.push(``);let o=this.#e.has(t)||a.length<=9,s=o?a:a.filter((e,r)=>r<Kr||n[t].has(e));return C`<section aria-labelledby=${t}>
      <h2 id=${t}>${e(`facet.${t}`)}</h2>
      <ul>
        ${s.map(r=>this.#i({label:r===``?e(`facet.no_${t}`):r,count:i.get(r)??0,on:n[t].has(r),faint:r===``,press:e=>this.model.choose(t,[r],e)}))}
      </ul>
      ${o?T:C`<button class="more" @click=${()=>this.#a(t)}>
              ${e(`facet.more`,{count:a.length-s.length})}
            </button>`}
    </section>`}#i(e){return C`<li>
      <button
        class="option ${e.inner?`inner`:``} ${e.count===0?`none`:``} ${e.faint?`faint`:``}"
        data-tone=${e.tone??``}
        aria-pressed=${e.on?`true`:`false`}
        @click=${t=>e.press(t.ctrlKey||t.metaKey||t.shiftKey)}
      >
        ${e.sign?U(e.sign):T}<span class="label">${e.label}</span
        ><span class="count">${V(e.count)}</span>
      </button>
    </li>`}#a(e){this.#e.add(e),this.requestUpdate()}};qr=K([A(`d2m-side-bar`)],qr);var Jr=new Intl.Collator(void 0,{numeric:!0,sensitivity:`base`}).compare;function Yr(e){let t=0;for(let n of e)t+=n;return t}var Xr=class extends q{#e=!1;#t={top:0,right:0};static{this.styles=[F,h`
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
    `]}render(){let{columns:t}=this.model;return C`
      <button
        class="button icon-only"
        title=${e(`columns.choose`)}
        aria-label=${e(`columns.choose`)}
        aria-expanded=${this.#e?`true`:`false`}
        @click=${this.#r}
      >
        ${U(`columns`)}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${e(`columns.choose`)}
        ${W({"--top":`${this.#t.top}px`,"--right":`${this.#t.right}px`})}
        @toggle=${e=>{this.#e=e.newState===`open`,this.requestUpdate()}}
      >
        ${this.#e?C`<ul>
                  ${t.all.map(e=>this.#n(e))}
                </ul>
                <button class="button outlined reset" @click=${()=>this.#i(()=>t.reset())}>
                  ${e(`columns.reset`)}
                </button>`:T}
      </div>
    `}#n(t){let{columns:n}=this.model,r=n.shown.includes(t),i=n.shown.indexOf(t),a=e(`column.${t}`),o=r=>C`<button
        class="button icon-only"
        aria-label=${e(r<0?`columns.earlier`:`columns.later`,{column:a})}
        ?disabled=${r<0?i<=1:i===n.shown.length-1}
        @click=${()=>this.#i(()=>n.move(t,r))}
      >
        ${U(r<0?`up`:`down`)}
      </button>`;return C`<li>
      <label
        ><input
          type="checkbox"
          .checked=${r}
          ?disabled=${t===`name`}
          @change=${e=>this.#i(()=>n.show(t,e.target.checked))}
        />${a}</label
      >
      ${r&&t!==`name`?[o(-1),o(1)]:T}
    </li>`}#r=e=>{let{bottom:t,right:n}=e.currentTarget.getBoundingClientRect();this.#t={top:t+4,right:Math.max(8,document.documentElement.clientWidth-n)},this.requestUpdate(),this.updateComplete.then(()=>this.popup.togglePopover())};#i(e){e(),this.model.touch()}};K([N(`[popover]`)],Xr.prototype,`popup`,void 0),Xr=K([A(`d2m-column-menu`)],Xr);var Zr=[`resume`,`pause`,`recheck`,`remove`],Qr=class extends q{constructor(...e){super(...e),this.phone=!1,this.selecting=!1}static{this.styles=[F,h`
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
    `]}render(){let{selection:e}=this.model;return C`${e.size>0?this.#e():this.#t()}
      <div class="end">
        ${this.phone?this.#o(e.size>0):C`<d2m-column-menu .model=${this.model}></d2m-column-menu>`}
      </div>`}#e(){let{model:t}=this,n=t.selected,r=n.reduce((e,t)=>e+(t.size??0),0);return C`
      <span class="count" role="status"
        >${e(`selection.count`,{count:n.length})}${this.phone?T:C` <small>${R(r)}</small>`}</span
      >
      <div class="verbs" role="toolbar" aria-label=${e(`selection.label`)}>
        ${t.commands.allowed?Zr.map(r=>this.#r(r,t.commands.fitting(r,n).length>0,()=>this.tell(`d2m-verb`,r),e(`verb.${r}`))):T}
        <button
          class="button icon-only"
          title=${e(`selection.clear`)}
          aria-label=${e(`selection.clear`)}
          @click=${()=>this.#s()}
        >
          ${U(`clear`)}
        </button>
      </div>
    `}#t(){let{listing:t,store:n,commands:r,filter:i}=this.model,a=t.rows.length,o=n.downloads.size;return C`
      <span class="count" role="status"
        >${a===o?e(`list.count`,{count:a}):e(`list.count_of`,{shown:a,count:o})}</span
      >
      ${r.allowed&&o>0&&!this.phone?C`<div class="verbs" role="toolbar" aria-label=${e(`list.all_label`)}>
              ${this.#n(`resume`)} ${this.#n(`pause`)}
            </div>`:T}
      ${Ft(i)&&!this.phone?this.#i():T}
    `}#n(t){let{listing:n,store:r,commands:i,filter:a}=this.model;if(a.words.length>0||[a.state,a.category,a.tag].some(e=>e.size>0)){let r=i.fitting(t,n.rows);return this.#r(t,r.length>0,()=>void i.run(t,r),e(`verb.${t}_listed`))}let o=[...a.client],s=i.taking(t).filter(e=>o.length===0||o.includes(e)),c=o.map(e=>r.clients.get(e)?.name??e).join(`, `),l=o.length===0?e(`verb.${t}_all`):e(`menu.${t}_all`,{client:c});return this.#r(t,s.length>0,()=>void i.runAll(t,s),l)}#r(e,t,n,r){return C`<button
      class="button ${e===`remove`?`danger`:``}"
      data-verb=${e}
      title=${r}
      aria-label=${r}
      ?disabled=${!t}
      @click=${n}
    >
      ${U(e===`reannounce`?`refresh`:e)}<span class="word">${r}</span>
    </button>`}#i(){let{filter:t}=this.model,n=r.find(e=>{let n=l(e);return n.length===t.state.size&&n.every(e=>t.state.has(e))}),i=(e,t)=>this.model.choose(e,[t],!0),a=(t,n)=>C`<button aria-label=${e(`filter.drop`,{filter:t})} @click=${n}>
        <span>${t}</span>${U(`clear`)}
      </button>`;return C`<div class="chosen">
      ${n?a(e(`group.${n}`),()=>this.model.narrow({state:new Set})):T}
      ${P.filter(e=>e!==`state`||!n).map(e=>[...t[e]].map(t=>a(this.#a(e,t),()=>i(e,t))))}
    </div>`}#a(t,n){return t===`state`?e(`state.${n}`):t===`client`?this.model.store.clients.get(n)?.name??n:n===``?e(`facet.no_${t}`):n}#o(t){let{sort:r}=this.model.listing;return t?T:C`
      <select
        aria-label=${e(`sort.label`)}
        .value=${r.by}
        @change=${e=>this.model.sortBy(e.target.value)}
      >
        ${n.map(t=>C`<option value=${t} ?selected=${t===r.by}>${e(`column.${t}`)}</option>`)}
      </select>
      <button
        class="button icon-only"
        aria-label=${e(r.direction>0?`sort.ascending`:`sort.descending`)}
        @click=${()=>this.model.sortBy(r.by)}
      >
        ${U(r.direction>0?`up`:`down`)}
      </button>
      <button
        class="button icon-only"
        aria-label=${e(`selection.mode`)}
        aria-pressed=${this.selecting?`true`:`false`}
        @click=${()=>this.tell(`d2m-selecting`,!this.selecting)}
      >
        ${U(`select`)}
      </button>
    `}#s(){this.model.selection.clear(),this.tell(`d2m-selecting`,!1),this.model.touch()}};K([j({type:Boolean,reflect:!0})],Qr.prototype,`phone`,void 0),K([j({type:Boolean})],Qr.prototype,`selecting`,void 0),Qr=K([A(`d2m-tool-bar`)],Qr);var $r=704,ei=class extends wr{constructor(...e){super(...e),this.phone=!1,this.selecting=!1,this.#e=new ResizeObserver(([e])=>this.#n(e?.contentRect.width??0)),this.#r=()=>{let e=this.renderRoot.querySelector(`input`);e!==null&&(e.value=``),this.model.showEverything()},this.#i=e=>{this.selecting=e.detail,this.selecting||this.model.selection.clear(),this.model.touch()},this.#a=e=>{let t=e.detail,{commands:n,selected:r}=this.model,i=n.fitting(t,r);t===`remove`?this.removing.ask(i):i.length>0&&n.run(t,i)}}#e;static{this.styles=[F,Tr,Or,h`
      d2m-tool-bar {
        background: none;
      }
    `]}connectedCallback(){super.connectedCallback(),this.#e.observe(this),this.addEventListener(`d2m-verb`,this.#a),this.addEventListener(`d2m-selecting`,this.#i)}disconnectedCallback(){super.disconnectedCallback(),this.#e.disconnect(),this.removeEventListener(`d2m-verb`,this.#a),this.removeEventListener(`d2m-selecting`,this.#i)}head(){let{store:t}=this.model;return!t.ready||t.downloads.size===0?T:C`<div class="tools" @d2m-filters=${()=>this.filters?.showModal()}>
        <label class="search"
          ><span class="unseen">${e(`search.label`)}</span>${U(`search`)}
          <input
            type="search"
            placeholder=${e(`search.placeholder`)}
            autocomplete="off"
            spellcheck="false"
            @input=${e=>this.model.narrow({words:It(e.target.value)})}
            @keydown=${e=>e.stopPropagation()}
          />
        </label>
        <d2m-group-chips .model=${this.model}></d2m-group-chips>
      </div>
      ${this.#t()}`}list(){let{model:t}=this,n=t.selection.size>0||this.selecting,r=Math.min(this.settings.rows,Math.max(1,t.listing.rows.length));return C`<d2m-tool-bar .model=${t} ?phone=${this.phone} .selecting=${n}></d2m-tool-bar> ${t.listing.rows.length>0?C`<d2m-download-grid
              class=${this.phone?`phone`:``}
              .model=${t}
              ?phone=${this.phone}
              ?selecting=${n&&this.phone}
              ${W({"--rows-shown":r})}
            ></d2m-download-grid>`:C`<div class="empty" id="empty">
              <b>${e(`empty.filtered`)}</b><span>${e(`empty.filtered_text`)}</span>
              <button class="button outlined" @click=${this.#r}>${e(`empty.show_all`)}</button>
            </div>`}`}#t(){let t=()=>this.filters?.close();return C`<dialog
      class="filters"
      aria-label=${e(`filter.label`)}
      @click=${e=>e.target===this.filters&&t()}
      @keydown=${e=>e.stopPropagation()}
    >
      <div class="bar">
        ${e(`filter.label`)}
        <button class="button icon-only" aria-label=${e(`filter.close`)} @click=${t}>${U(`clear`)}</button>
      </div>
      <d2m-side-bar .model=${this.model}></d2m-side-bar>
    </dialog>`}#n(e){e>0&&(this.phone=e<$r)}#r;#i;#a};K([M()],ei.prototype,`phone`,void 0),K([M()],ei.prototype,`selecting`,void 0),K([N(`dialog.filters`)],ei.prototype,`filters`,void 0),ei=K([A(`d2m-card-full`)],ei);var ti=1.15,ni=1,ri=[`name`,`state`,`progress`,`size`,`download_rate`,`eta`,`client`],ii=500,$=class extends k{constructor(...e){super(...e),this.dark=!1,this.spoken=!1,this.#n=``,this.#r=``,this.#i=[],this.#a=0}#e;#t;#n;#r;#i;#a;#o;static{this.styles=[F,vn]}static getConfigForm(){return dn()}static getStubConfig(){return{view:`compact`}}set hass(e){let t=this.#t,n=t?.connection!==e.connection;this.#t=e,this.#c(e,t),this.dark=e.themes?.darkMode??!1;let r=u(e);r.join()!==this.#n&&(this.#n=r.join(),this.#l(r)),n&&this.#s()}setConfig(e){let t=m(e),{entry:n,clients:r,states:i,categories:a,actions:o}=t,s=JSON.stringify([n,r,[...i??[0]],[...a??[0]],o]);this.settings=t,s===this.#r?this.model!==void 0&&this.model.sortBy(t.sort.by,t.sort.direction):(this.#r=s,this.#s())}getCardSize(){let e=this.settings?.rows??1;return ni+Math.ceil(e*(this.settings?.view===`full`?1:ti))}getGridOptions(){return this.settings?.view===`full`?{columns:`full`,rows:8,min_columns:6,min_rows:4}:{columns:12,min_columns:6,min_rows:2}}connectedCallback(){super.connectedCallback(),this.model===void 0?this.#s():this.model.start()}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.#o),this.model?.stop()}render(){let{model:e,settings:t}=this;if(!this.spoken||e===void 0||t===void 0)return T;let n=()=>this.#e?.problem??null;return C`<ha-card @d2m-more-info=${e=>this.#u(e.detail)}
      >${t.view===`full`?C`<d2m-card-full .model=${e} .settings=${t} .problem=${n}></d2m-card-full>`:C`<d2m-card-compact .model=${e} .settings=${t} .problem=${n}></d2m-card-compact>`}</ha-card
    >`}#s(){let e=this.settings;this.isConnected&&this.model?.stop(),this.model=void 0,this.#t!==void 0&&e!==void 0&&this.isConnected&&(this.#e=new pt(this.#t.connection,{...e.entry===void 0?{}:{entry:e.entry},...e.clients===void 0?{}:{clients:e.clients}}),this.model=new sn(new gn(this.#e,e),ai(e)),this.model.start())}#c(e,t){if(e.entities===t?.entities&&e.states===t?.states)return;e.entities!==t?.entities&&(this.#i=p(e));let n=ee(e,this.#i);n!==this.#a&&(this.#a=n,clearTimeout(this.#o),t!==void 0&&(this.#o=setTimeout(()=>this.#e?.renew(),ii)))}async#l(e){await a(e),this.spoken=!0,this.requestUpdate(),this.model?.touch()}#u(e){let t=this.#t&&s(this.#t,e,this.settings?.entry);t!==void 0&&this.dispatchEvent(new CustomEvent(`hass-more-info`,{detail:{entityId:t},bubbles:!0,composed:!0}))}};K([j({type:Boolean,reflect:!0})],$.prototype,`dark`,void 0),K([M()],$.prototype,`spoken`,void 0),K([M()],$.prototype,`settings`,void 0),K([M()],$.prototype,`model`,void 0),$=K([A(t)],$);function ai(e){return{read:t=>t===`sort`?e.sort:vt.read(`card.${t}`)??(t===`columns`?ri:void 0),write:(e,t)=>{e!==`sort`&&vt.write(`card.${e}`,t)}}}export{$ as DownloadsCard};