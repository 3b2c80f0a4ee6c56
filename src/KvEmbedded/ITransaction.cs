namespace KvEmbedded;

/// <summary>
/// The keyspace inside a transaction: commands run at once, within the one turn that the transaction is; nobody else sees
/// or does anything in between.
/// </summary>
/// <remarks>
/// Valid until the body of the transaction ends, on the body's own thread. Blocking forms do not wait inside one: they
/// answer what there is. A command that fails throws and has changed nothing; the body may catch that and go on.
/// </remarks>
public interface ITransaction : IKeyspace;
