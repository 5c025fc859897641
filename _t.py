import time
from pathlib import Path
from addon.jobs.scenes import graph_scene
from headless.benchmarks.physibench import example
from addon.jobs import Job, JobFolder, JobSpec, run_job
from addon.coder.choose import open_coder
import tempfile
m=example("trigger_door")
s=graph_scene(m.graph)
d=Path("/tmp/w_change/job1")
import shutil; shutil.rmtree(d,ignore_errors=True)
t=time.time()
with open_coder("template", d/"answers", False) as c:
    r=run_job(Job(JobSpec(title="t",source="s",coder="template",rules=m.graph.rules,steps=250,assertions=tuple(m.assertions)),s.make_engine,c,JobFolder(d)))
print("job",time.time()-t, r.ok); t=time.time()
from addon.trace import load_trace
tr=load_trace(d)
from addon.patterns.annotation import annotate
from addon.patterns.moments import salient
from addon.patterns.summary import summary_by_grammar
print("import",time.time()-t); t=time.time()
a=annotate(tr); print("annotate",time.time()-t); t=time.time()
for x in salient(a): print(x.frame,x.end,x.text)
print(summary_by_grammar(a)); print(time.time()-t); t=time.time()
from addon.jobs.plots import all_plots
all_plots(tr); print("plots",time.time()-t); t=time.time()
from addon.engine import render
render._shines=lambda t: False
p=render.render_trace(tr,Path("/tmp/w_change/fr")); print("render8",time.time()-t); t=time.time()
p=render.render_trace(tr,Path("/tmp/w_change/fr2"),frames=(0,50,100)); print("render3",time.time()-t); t=time.time()
p=render.render_trace(tr,Path("/tmp/w_change/fr3"),frames=(0,50,100),size=(480,270)); print("render3 small",time.time()-t)
