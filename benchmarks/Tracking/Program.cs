using System.Globalization;
using MlOps.Benchmarks;

switch (args)
{
    case ["--log"]: return await LogComparison.RunAsync();
    case ["--points"]: return await PointComparison.RunAsync();
    case ["--history"]: return await HistoryComparison.RunAsync();
    case ["--processes", var count]: return await ProcessComparison.RunAsync(int.Parse(count, CultureInfo.InvariantCulture));
    case [ProcessComparison.Writer, var folder, var run]: return await ProcessComparison.WriteAsync(folder, run);
    default:
        Console.Error.WriteLine("One of --log, --points, --history, --processes 8; docs/benchmarks.md says what they measure.");
        return 2;
}
