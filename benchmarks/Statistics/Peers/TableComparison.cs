using System.Globalization;
using MlOps.Statistics;

namespace MlOps.Benchmarks.Peers;

/// <summary>Runs every table's case here and in peers_tables.py on the same data, one after the other, and prints the ratios.</summary>
internal static class TableComparison
{
    private const int WarmUpRows = 200;
    private const double Shift = 0.05;

    public static void Run(string python, string? only)
    {
        var lines = new List<string>();
        foreach (var tableCase in TableCase.All.Where(c => only is null || c.Name == only))
        {
            lines.Add(Compare(python, tableCase));
        }

        if (lines.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("| work | rows, each | columns | peer | peer, ms | here, ms | ratio | bar |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
            lines.ForEach(Console.WriteLine);
        }
    }

    private static string Compare(string python, TableCase tableCase)
    {
        int rows = tableCase.Rows, columns = tableCase.Columns;
        var peer = PeerComparison.RunPeer(
            python, "peers_tables.py", [tableCase.Name, Text(rows), Text(columns), Text(Shift)])[0];
        var (smallX, smallY) = Data(WarmUpRows, columns);
        Stopwatches.WarmUp(() => tableCase.Work(new SampleMatrix(smallX, columns), new SampleMatrix(smallY, columns)));
        var (x, y) = Data(rows, columns);
        var (here, value) = Stopwatches.Median(() => tableCase.Work(new SampleMatrix(x, columns), new SampleMatrix(y, columns)));
        var there = peer.GetProperty("milliseconds").GetDouble();
        var expected = peer.GetProperty("value").GetDouble();
        var ratio = there / here;
        var missed = ratio < tableCase.Bar ? " missed" : "";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"| {tableCase.Title} | {rows:N0} | {columns} | {tableCase.Peer} | {there:0.#} | {here:0.#} | {ratio:0.0}× | {tableCase.Bar:0}×{missed} |");
        Console.WriteLine(line);
        if (!(Math.Abs(value - expected) <= Math.Abs(expected) * tableCase.Tolerance))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  results differ: {expected} there, {value} here"));
        }

        return line;
    }

    /// <summary>Every current value is a little larger, so that there is something to tell.</summary>
    private static (double[] Reference, double[] Current) Data(int rows, int columns)
    {
        var (x, y) = PeerData.Doubles(rows * columns);
        return (x, Array.ConvertAll(y, value => value + Shift));
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
