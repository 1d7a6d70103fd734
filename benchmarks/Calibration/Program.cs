using System.Diagnostics;
using System.Text;
using MlOps.Benchmarks;

var folder = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(folder.FullName, "MlOps.Sdk.sln")))
{
    folder = folder.Parent ?? throw new DirectoryNotFoundException("Run this from a copy of the repository: no MlOps.Sdk.sln above the program.");
}

var text = new StringBuilder(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "preface.md")));
foreach (var part in new[] { NoDrift.Write, NoDrift.WriteFindings, Distances.Write, Detection.Write })
{
    var start = Stopwatch.GetTimestamp();
    part(text);
    Console.WriteLine($"{part.Method.DeclaringType!.Name}.{part.Method.Name}: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
}

var path = Path.Combine(folder.FullName, "docs", "calibration.md");
File.WriteAllText(path, text.ToString());
Console.WriteLine($"Wrote {path}.");
