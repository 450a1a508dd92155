import { defineModel } from "./src/index.ts";
import { limitFamily } from "./src/dynamics/limitFamily.ts";
import { familyPattern } from "./src/dynamics/family.ts";
import { reachableBasis } from "./src/fock/basis.ts";
import { evolve, krylovWindows, spectral } from "./src/dynamics/evolve.ts";
import { selectKernels } from "./src/kernels/module.ts";
import { maxDifference } from "./src/algebra/series.ts";
const model = defineModel({ system:{hamiltonian:"0.5*sigmaz+0.2*sigmax",state:"plus"}, reservoir:{hamiltonian:[[0,0,0],[0,0.8,0],[0,0,1.9]],state:"thermal(1)"}, couplings:[{system:"0.1*sigmaz+0.05*sigmax",site:[[0,0.5,0.5],[0.5,0,0.5],[0.5,0.5,0]]}], times:{from:0,to:30,points:301} } as any);
const family=limitFamily(model); const pattern=familyPattern(family); const h=family.hamiltonian([]);
const s=Math.SQRT1_2; const kets=[{weight:1,levels:{re:Float64Array.of(s,s),im:new Float64Array(2)},occupations:new Array(h.modes.length).fill(0)}];
console.log(h.modes.length,'modes', h.ladders.map(l=>[...l.coupling.re].map(x=>x.toFixed(3)).join(' ')));
const ref:any={};
for (const cut of [4,5,6,7,8]) {
  let t0=performance.now();
  const basis=reachableBasis(pattern,[{occupations:new Array(h.modes.length).fill(0),levels:[0,1]}],cut);
  const tb=performance.now()-t0;
  for (const tol of [1e-7,1e-10]) {
    const space={basis,pattern,matrix:null};
    let best=1e9,r:any, nb=1e9;
    for(let q=0;q<5;q++){ t0=performance.now(); r=evolve(space,h,kets,model.times,krylovWindows({tolerance:tol}),{bound:true}); best=Math.min(best,performance.now()-t0);
      t0=performance.now(); evolve(space,h,kets,model.times,krylovWindows({tolerance:tol}),{bound:false}); nb=Math.min(nb,performance.now()-t0);}
    if(tol===1e-10) ref[cut]=r;
    console.log(cut,basis.dimension,'basis',tb.toFixed(1),'tol',tol,'evolve',best.toFixed(1),'without bound',nb.toFixed(1),'appl',r.info.applications,'prop',r.info.propagation.toExponential(1),'leaked',r.info.leaked.toExponential(2));
  }
}
for (const c of [4,5,6,7]) console.log(c, 'true', maxDifference(ref[c].rho,ref[8].rho));
const basis=reachableBasis(pattern,[{occupations:new Array(h.modes.length).fill(0),levels:[0,1]}],4);
const sp=evolve({basis,pattern,matrix:null},h,kets,model.times,spectral(),{bound:true});
console.log('vs spectral',maxDifference(sp.rho,ref[4].rho),'leaked spectral',sp.info.leaked, 'krylov', ref[4].info.leaked);
