using Canbao.Policy.Packs;
using Canbao.Policy.Prove;
var lib = new PackLibrary(Path.Combine(AppContext.BaseDirectory, "policies"));
foreach (var n in lib.Names) { var f = new List<Finding>(); var p = lib.Load(n, f)!; var sw = System.Diagnostics.Stopwatch.StartNew(); var r = Prover.Prove(p); Console.WriteLine($"{n} {r.IsProved} {sw.ElapsedMilliseconds} ms q={p.Questions.Length}"); foreach (var c in r.OutcomeChanges) Console.WriteLine($"  {c.From}->{c.To} {c.Rule}"); }
