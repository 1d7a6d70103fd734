using MlOps.Fuzz;
using MlOps.Fuzz.Targets;

FuzzTarget[] all = [new CsvTarget(), new JsonLinesTarget(), new ArrowTarget(), new ParquetTarget(), new SchemaTarget(), new ChecksTarget(), new ProfileTarget(), new ExpressionTarget()];
FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

var targets = all.Where(target => options.Only is null || target.Name == options.Only).ToList();
if (targets.Count == 0)
{
    Console.Error.WriteLine($"There is no target '{options.Only}': {string.Join(", ", all.Select(target => target.Name))}.");
    return 2;
}

var folder = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "fuzz")).FullName;
return options.IsWorker ? await new FuzzWorker(options, targets, folder).RunAsync() : await new FuzzWatch(options, folder).RunAsync();

// The artifacts lie in the repository, wherever the program was started.
static string Root()
{
    for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
    {
        if (File.Exists(Path.Combine(at, "global.json")))
        {
            return at;
        }
    }

    return Environment.CurrentDirectory;
}
