using Microsoft.Data.Sqlite;
using MlOps;
using MlOps.Data;
using MlOps.Tracking;
using ParquetSharp;
using ParquetSharp.Schema;

namespace QuickStart.Tests;

/// <summary>Whatever is wrong with the input or the workspace, the program ends with code 1 and one line that helps, and leaves nothing half-written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-quick-start-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_folder, "workspace");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var data = Path.Combine(_folder, "none.parquet");
        await AssertRefusedAsync(data, [data, "check the path"]);
        await AssertNothingIsHalfWrittenAsync();
    }

    [Fact]
    public async Task A_truncated_file_is_named()
    {
        var data = Path.Combine(_folder, "cut.parquet");
        await File.WriteAllBytesAsync(data, (await File.ReadAllBytesAsync(QuickStartProgram.Flights, Token))[..100_000], Token);
        await AssertRefusedAsync(data, [data, "truncated", "Copy or write it again"]);
        await AssertNothingIsHalfWrittenAsync();
    }

    [Fact]
    public async Task A_file_that_is_damaged_in_its_middle_is_named()
    {
        var data = Path.Combine(_folder, "damaged.parquet");
        var bytes = await File.ReadAllBytesAsync(QuickStartProgram.Flights, Token);
        bytes.AsSpan(1000, 100_000).Fill(0x5A);
        await File.WriteAllBytesAsync(data, bytes, Token);
        await AssertRefusedAsync(data, [data, "Copy or write it again"]);
        await AssertNothingIsHalfWrittenAsync();
    }

    [Fact]
    public async Task A_missing_column_is_named_with_those_that_are_there()
    {
        var data = Path.Combine(_folder, "other.parquet");
        await Dataset.FromParquet(QuickStartProgram.Flights).Take(100).Select("date", "distance", "origin", "destination").WriteParquetAsync(data, cancellationToken: Token);
        await AssertRefusedAsync(data, ["'delay'", "flights", "distance"]);
        await AssertNothingIsHalfWrittenAsync();
    }

    [Fact]
    public async Task A_column_of_a_type_that_data_sets_do_not_hold_is_named_and_the_run_after_it_is_not_disturbed()
    {
        var data = Path.Combine(_folder, "nested.parquet");
        WriteNested(data);
        await AssertRefusedAsync(data, ["'delay'", data, "flatten"]);
        await AssertNothingIsHalfWrittenAsync();

        var (exitCode, output, error) = await QuickStartProgram.RunAsync(QuickStartProgram.Flights, Folder, Token);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches("flights@1 .*added", output);
    }

    [Fact]
    public async Task A_folder_below_a_file_cannot_be_written_and_is_named()
    {
        await File.WriteAllTextAsync(Folder, "x", Token);
        var below = Path.Combine(Folder, "x");
        await AssertRefusedAsync(QuickStartProgram.Flights, [below, "write access"], below);
    }

    [Fact]
    public async Task A_folder_without_write_permission_is_named()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("A folder's read-only attribute does not bind there.");
            return;
        }

        // Permissions do not bind the superuser, but the kernel's own tree takes no folder from anybody.
        var folder = "/sys/mlops";
        if (!Environment.IsPrivilegedProcess)
        {
            folder = Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;
        }

        await AssertRefusedAsync(QuickStartProgram.Flights, [folder, "write access"], folder);
        Assert.False(Directory.Exists(Path.Combine(folder, ".mlops")));
    }

    [Fact]
    public async Task A_workspace_of_a_newer_version_is_named_and_left_alone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, ".mlops")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "workspace.json"), """{"format":2}""", Token);
        await AssertRefusedAsync(QuickStartProgram.Flights, [folder, "format 2", "Update"]);
        Assert.Equal(["workspace.json"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_database_that_another_process_holds_is_named()
    {
        await using (var workspace = Workspace.Open(Folder))
        {
            await workspace.Tracking.SearchRunsAsync(cancellationToken: Token);
        }

        var database = Path.Combine(Folder, ".mlops", "mlops.db");
        await using (var holder = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            await holder.OpenAsync(Token);
            await using var transaction = holder.BeginTransaction(deferred: false);
            await AssertRefusedAsync(QuickStartProgram.Flights, [database, "30 s", "End it"]);
        }

        await AssertNothingIsHalfWrittenAsync();
    }

    private async Task AssertRefusedAsync(string data, string[] said, string? folder = null)
    {
        var (exitCode, output, error) = await QuickStartProgram.RunAsync(data, folder ?? Folder, Token);
        var all = $"exit code {exitCode}{Environment.NewLine}{output}{Environment.NewLine}{error}";
        Assert.True(exitCode == 1, all);
        Assert.True(error.TrimEnd().Split('\n').Length == 1, all);
        Assert.All(said, part => Assert.Contains(part, error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    /// <summary>The run that was begun has failed with its reason; no version names data, no model was made, no object or part of a file lies about.</summary>
    private async Task AssertNothingIsHalfWrittenAsync()
    {
        await using var workspace = Workspace.OpenExisting(Folder);
        Assert.All(
            (await workspace.Tracking.SearchRunsAsync(cancellationToken: Token)).Runs,
            run => Assert.True(run.Info.Status == RunStatus.Failed && run.Info.Failure is not null, $"{run} {run.Info.Failure}"));
        Assert.Null(await workspace.Data.FindAsync("flights", Token));
        Assert.Empty(await workspace.Registry.ListVersionsAsync(cancellationToken: Token));
        var left = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("..", StringComparison.Ordinal) && !file.StartsWith(".mlops/mlops.db", StringComparison.Ordinal));
        Assert.Equal([".mlops/workspace.json"], left);
    }

    // Flights whose delays are lists.
    private static void WriteNested(string path)
    {
        using var date = new PrimitiveNode("date", Repetition.Required, LogicalType.Timestamp(true, TimeUnit.Micros), PhysicalType.Int64);
        using var distance = new PrimitiveNode("distance", Repetition.Required, LogicalType.None(), PhysicalType.Double);
        using var origin = new PrimitiveNode("origin", Repetition.Required, LogicalType.String(), PhysicalType.ByteArray);
        using var destination = new PrimitiveNode("destination", Repetition.Required, LogicalType.String(), PhysicalType.ByteArray);
        using var element = new PrimitiveNode("element", Repetition.Optional, LogicalType.None(), PhysicalType.Double);
        using var list = new GroupNode("list", Repetition.Repeated, [element]);
        using var delay = new GroupNode("delay", Repetition.Optional, [list], LogicalType.List());
        using var root = new GroupNode("schema", Repetition.Required, [date, distance, origin, destination, delay]);
        using var properties = WriterProperties.GetDefaultWriterProperties();
        using var writer = new ParquetFileWriter(path, root, properties);
        using var group = writer.AppendRowGroup();
        Write<DateTime>([DateTime.UnixEpoch, DateTime.UnixEpoch]);
        Write([100.0, 200.0]);
        Write(["SEA", "SFO"]);
        Write(["SFO", "SEA"]);
        Write<double?[]>([[1.0], [2.0, null]]);
        writer.Close();

        void Write<T>(T[] values)
        {
            using var column = group.NextColumn().LogicalWriter<T>();
            column.WriteBatch(values);
        }
    }
}
