namespace QuickStart;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(string Data, string Folder, bool Timings)
{
    public const string Usage = """
        usage: dotnet run --project samples/QuickStart -- [--data FILE.parquet] [--folder FOLDER] [--timings]

          --data     flights as Parquet; default: the sample that comes with the program
          --folder   where the workspace and report.html are kept; default: the current folder
          --timings  print where the time went
        """;

    public static Arguments? Parse(IReadOnlyList<string> args)
    {
        var parsed = new Arguments(Path.Combine(AppContext.BaseDirectory, "data", "flights.parquet"), Directory.GetCurrentDirectory(), false);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--timings":
                    parsed = parsed with { Timings = true };
                    break;
                case "--data" when i + 1 < args.Count:
                    parsed = parsed with { Data = args[++i] };
                    break;
                case "--folder" when i + 1 < args.Count:
                    parsed = parsed with { Folder = args[++i] };
                    break;
                default:
                    return null;
            }
        }

        return parsed;
    }
}
